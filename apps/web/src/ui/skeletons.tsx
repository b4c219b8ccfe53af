import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { Words } from '../words/words.tsx';

/** Stands for lines of text that are on their way. */
export const TextSkeleton = ({ lines = 3 }: { lines?: number }) => (
  <Stack gap="sm" aria-busy="true">
    <VisuallyHidden>
      <Words id="app.loading" />
    </VisuallyHidden>
    {Array.from({ length: lines }, (_, index) => (
      <Skeleton key={index} height={14} width={`${92 - ((index * 17) % 40)}%`} />
    ))}
  </Stack>
);

/** Stands for a page on its way: a heading of the right size, then lines. */
export const PageSkeleton = () => (
  <Stack gap="lg" aria-busy="true">
    <Skeleton height={32} width="16rem" maw="70%" />
    <TextSkeleton lines={6} />
  </Stack>
);
