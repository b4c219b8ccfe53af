/** The acts of this folder, as they stand in the address: `?do=delete`. */
export const lifecycleActs = ['deactivate', 'reactivate', 'delete', 'restore'] as const;

export type LifecycleAct = (typeof lifecycleActs)[number];

export const isLifecycleAct = (text: string | undefined): text is LifecycleAct =>
  (lifecycleActs as readonly (string | undefined)[]).includes(text);
