import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, ReactNode, Ref } from 'react';

type Html<P> = P &
  Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof P> & { ref?: Ref<HTMLAnchorElement>; children?: ReactNode };

/** A link to a page that looks like a button; address and search part are checked by the compiler. */
export const ButtonLink = createLink((props: Html<ButtonProps>) => <Button component="a" {...props} />);

/** A link to a page within text. */
export const TextLink = createLink((props: Html<AnchorProps>) => <Anchor size="sm" {...props} />);
