import {
  convertCssVariables,
  DEFAULT_THEME,
  deepMerge,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import type { Plugin } from 'vite';
import { colorNames, cssVariables, theme } from '../src/ui/theme/theme.ts';

const id = 'virtual:theme-variables.css';

/**
 * `virtual:theme-variables.css`: the theme's custom properties as a static file. Mantine would write them into a
 * `<style>` element at run time, which a strict Content-Security-Policy and Trusted Types forbid (security H-01, H-02).
 */
export function themeVariables(): Plugin {
  return {
    name: 'latchkey-theme-variables',
    resolveId: (asked) => (asked === id ? `\0${id}` : null),
    load: (asked) => (asked === `\0${id}` ? css() : null),
  };
}

function css(): string {
  const whole = mergeMantineTheme(DEFAULT_THEME, theme);
  const all = deepMerge(defaultCssVariablesResolver(whole), cssVariables(whole));
  return convertCssVariables({ variables: kept(all.variables), light: kept(all.light), dark: kept(all.dark) }, ':root');
}

/** Colours of Mantine that the theme does not use are left out: 8 KB of custom properties. */
const kept = (variables: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !unused.test(name)));

const unused = new RegExp(
  `^--mantine-color-(${Object.keys(DEFAULT_THEME.colors)
    .filter((name) => !(colorNames as readonly string[]).includes(name))
    .join('|')})-`,
);
