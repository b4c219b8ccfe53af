/**
 * Copies a text; resolves with whether the clipboard has it (product 5.2). Where the person lets this page read the
 * clipboard, it is read back to be sure; nobody is asked for that.
 */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return !(await mayRead()) || (await navigator.clipboard.readText()) === text;
  } catch {
    return false;
  }
}

/** Empties the clipboard; resolves with whether the browser allowed it (security K-13). */
export const clearClipboard = (): Promise<boolean> => copyText('');

/** Browsers differ in whether they know this permission at all; one that does not is not asked to read. */
const mayRead = (): Promise<boolean> =>
  navigator.permissions.query({ name: 'clipboard-read' as PermissionName }).then(
    ({ state }) => state === 'granted',
    () => false,
  );
