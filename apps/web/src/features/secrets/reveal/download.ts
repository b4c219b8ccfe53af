/** Hands a text over as a file. Its address works for this moment only, and holds nothing of the text. */
export function download(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has begun to read it by the next turn; afterwards nobody can.
  setTimeout(() => URL.revokeObjectURL(address));
}
