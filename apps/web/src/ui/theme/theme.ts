import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** Warm neutrals; 5 is the lightest line that stands out 3:1 on white, 6 the lightest text. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f3f1ee',
  '#e8e5e0',
  '#d9d5ce',
  '#bfbab1',
  '#8f897f',
  '#67625a',
  '#4f4b44',
  '#38352f',
  '#23211e',
];
/** The dark scheme's surfaces rise in lightness from 9 to 5; 4 is a line that stands out 3:1. */
const dark: MantineColorsTuple = [
  '#e9e7e3',
  '#d3d0ca',
  '#b3aea6',
  '#8f8a82',
  '#726d65',
  '#3d3a36',
  '#2b2926',
  '#1d1c1a',
  '#151413',
  '#0d0c0b',
];
/** The accent. */
const teal: MantineColorsTuple = [
  '#e8f5f4',
  '#d0ebe9',
  '#a4d8d5',
  '#72c1bd',
  '#46a9a5',
  '#268f8b',
  '#147773',
  '#0d6562',
  '#0a5553',
  '#073f3e',
];
/** "Will happen." */
const amber: MantineColorsTuple = [
  '#fdf5e3',
  '#fae9c5',
  '#f4d48c',
  '#ebbb53',
  '#dca227',
  '#bd800c',
  '#996203',
  '#805103',
  '#694204',
  '#4d3003',
];
/** "Cannot be undone." */
const red: MantineColorsTuple = [
  '#fdeeec',
  '#fadad6',
  '#f3b3ab',
  '#ec8b81',
  '#e2665a',
  '#d04231',
  '#b62e21',
  '#9a241a',
  '#811e16',
  '#5f1610',
];
/** "Verified." */
const green: MantineColorsTuple = [
  '#ebf6ec',
  '#d3ebd5',
  '#a6d6aa',
  '#75be7c',
  '#4da656',
  '#338d3f',
  '#23752f',
  '#1b6327',
  '#175421',
  '#0f3d18',
];

/** The colours that exist; the rest of Mantine's are left out of the style sheet. */
export const colorNames = ['gray', 'dark', 'teal', 'amber', 'red', 'green'] as const;

const system = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif";

/** How Latchkey looks: one accent, warm neutrals, spacing by fours, five steps of type. */
export const theme = createTheme({
  colors: { gray, dark, teal, amber, red, green },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  black: '#23211e',
  white: '#ffffff',
  fontFamily: system,
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'DejaVu Sans Mono', Menlo, Consolas, monospace",
  headings: {
    fontFamily: system,
    fontWeight: '650',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '2rem' },
      h2: { fontSize: '1.125rem', lineHeight: '1.5rem' },
      h3: { fontSize: '1rem', lineHeight: '1.5rem' },
      h4: { fontSize: '0.875rem', lineHeight: '1.25rem' },
    },
  },
  fontSizes: { xs: '0.75rem', sm: '0.875rem', md: '1rem', lg: '1.125rem', xl: '1.5rem' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '0.125rem', sm: '0.25rem', md: '0.375rem', lg: '0.625rem', xl: '1rem' },
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Text: { defaultProps: { size: 'sm' } },
    Button: { defaultProps: { size: 'sm' } },
    // The page's own style sheet locks scrolling behind a dialog; the component would write a <style> element.
    Modal: {
      defaultProps: {
        lockScroll: false,
        transitionProps: { duration: 120 },
        centered: true,
        padding: 'lg',
        // The head of a dialog is no banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
      styles: { title: { fontSize: '1.125rem', fontWeight: '650', lineHeight: 1.4, overflowWrap: 'anywhere' } },
    },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
    // The placeholder is an element that a menu may not hold; the first item takes the focus instead.
    Menu: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md', withInitialFocusPlaceholder: false } },
    Popover: { defaultProps: { transitionProps: { duration: 100 }, shadow: 'md' } },
    Tooltip: { defaultProps: { transitionProps: { duration: 100 }, openDelay: 200, withArrow: true, multiline: true } },
    Skeleton: { defaultProps: { animate: false } },
    Table: { defaultProps: { horizontalSpacing: 'sm', verticalSpacing: 'xs' } },
  },
});

/**
 * Where Mantine's own values fail 4.5:1 for text or 3:1 for lines, in both schemes; and the page's own variables
 * (`--lk-…`): surfaces, soft lines, the focus ring.
 */
export const cssVariables: CSSVariablesResolver = ({ colors }) => {
  const names = ['teal', 'amber', 'red', 'green', 'gray'] as const;
  const each = (of: (name: (typeof names)[number]) => Record<string, string>) =>
    Object.assign({}, ...names.map(of)) as Record<string, string>;
  return {
    variables: { '--lk-rail': '13.5rem', '--lk-rail-narrow': '3.5rem', '--lk-top': '3.25rem' },
    light: {
      '--mantine-color-body': '#ffffff',
      '--mantine-color-dimmed': gray[6],
      '--mantine-color-placeholder': gray[6],
      '--mantine-color-error': red[7],
      '--mantine-color-success': green[7],
      '--mantine-color-anchor': teal[7],
      '--mantine-color-default-border': gray[5],
      '--mantine-color-disabled-color': gray[6],
      ...each((name) => ({
        [`--mantine-color-${name}-light`]: colors[name]?.[0] ?? '',
        [`--mantine-color-${name}-light-hover`]: colors[name]?.[1] ?? '',
      })),
      '--lk-surface': gray[0],
      '--lk-raised': '#ffffff',
      '--lk-hover': gray[1],
      '--lk-chosen': teal[0],
      '--lk-line': gray[3],
      '--lk-line-soft': gray[2],
      '--lk-shadow': '0 1px 2px rgb(35 33 30 / 6%), 0 4px 12px rgb(35 33 30 / 5%)',
      '--lk-focus': teal[7],
    },
    dark: {
      '--mantine-color-body': dark[7],
      '--mantine-color-dimmed': dark[2],
      '--mantine-color-placeholder': dark[2],
      '--mantine-color-error': red[3],
      '--mantine-color-success': green[3],
      '--mantine-color-anchor': teal[3],
      '--mantine-color-default': dark[6],
      '--mantine-color-default-hover': dark[5],
      '--mantine-color-default-border': dark[4],
      '--mantine-color-disabled-color': dark[2],
      '--lk-surface': dark[8],
      '--lk-raised': dark[6],
      '--lk-hover': dark[6],
      '--lk-chosen': '#12302f',
      '--lk-line': dark[5],
      '--lk-line-soft': '#302e2a',
      '--lk-shadow': 'none',
      '--lk-focus': teal[3],
      ...each((name) => ({
        [`--mantine-color-${name}-text`]: colors[name]?.[3] ?? '',
        [`--mantine-color-${name}-outline`]: colors[name]?.[3] ?? '',
      })),
    },
  };
};
