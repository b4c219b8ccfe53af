import { expect, test } from 'vitest';
import { humanLine } from './child.ts';

test('only errors of the log and plain text reach the terminal', () => {
  expect(humanLine('{"level":30,"msg":"served"}')).toBeNull();
  expect(humanLine('{"level":50,"msg":"failed","correlationId":"7"}')).toBe('failed (correlation id 7)');
  expect(humanLine('{"level":60,"msg":"failed","err":{"message":"why"}}')).toBe('failed: why');
  expect(humanLine('{"level":"error","msg":"failed"}')).toBe('failed');
  expect(humanLine('Error: boom')).toBe('Error: boom');
  expect(humanLine('{ not json')).toBe('{ not json');
  expect(humanLine('  ')).toBeNull();
});
