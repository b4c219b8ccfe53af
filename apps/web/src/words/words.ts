import type { MessageFormatElement } from 'react-intl';

/** Sentences by name, compiled. */
export type Words = Record<string, MessageFormatElement[]>;
