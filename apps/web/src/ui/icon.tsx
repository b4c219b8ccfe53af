/** Line drawings on a grid of 24, drawn in the colour of the text beside them. */
const paths = {
  key: 'M14.5 9.5a5 5 0 1 0-4.6 4.98L12 16.5h2V19h2.5v2.5H21v-3.8l-6.7-6.7c.13-.48.2-.98.2-1.5ZM8.5 8.5h.01',
  clients: 'M4 5h16v5H4zM4 14h16v5H4zM7.5 7.5h.01M7.5 16.5h.01M11 7.5h5M11 16.5h5',
  hourglass: 'M7 3h10M7 21h10M8 3v3.5L12 11l4-4.5V3M8 21v-3.5L12 13l4 4.5V21',
  audit: 'M12 3 5 6v5c0 4.500 3 8 7 10 4-2 7-5.500 7-10V6zM9 12l2.200 2.200L15.500 9.800',
  sessions: 'M3 5h18v11H3zM9 20h6M12 16v4',
  document: 'M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4 21c.8-4 4-6 8-6s7.2 2 8 6',
  signOut: 'M14 4H6v16h8M10 12h11M17.5 8.5 21 12l-3.5 3.5',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  moon: 'M20 14.500A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.500Z',
  screen: 'M3 4h18v12H3zM8 20h8M12 16v4',
  collapse: 'M20 5v14M4 12h11M9 7l-5 5 5 5',
  expand: 'M4 5v14M9 12h11M15 7l5 5-5 5',
  chevronRight: 'm9 5 7 7-7 7',
  chevronDown: 'm5 9 7 7 7-7',
  sortUp: 'M12 20V5M6 10.5 12 4.500l6 6',
  sortDown: 'M12 4v15M6 13.500l6 6 6-6',
  sort: 'm8 9 4-4 4 4M8 15l4 4 4-4',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16.2 16.2 21 21',
  close: 'M6 6l12 12M18 6 6 18',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  arrowRight: 'M4 12h16M14 6l6 6-6 6',
  more: 'M5.5 12h.01M12 12h.01M18.5 12h.01',
  eye: 'M2 12s3.500-6.500 10-6.500S22 12 22 12s-3.500 6.500-10 6.500S2 12 2 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  eyeOff:
    'M3 3l18 18M10.500 6a10 10 0 0 1 1.500-.100C18.500 5.900 22 12 22 12a17 17 0 0 1-3 3.700M6.500 7.600A16 16 0 0 0 2 12s3.500 6.500 10 6.500a10 10 0 0 0 4.500-1M9.900 9.900a3 3 0 0 0 4.200 4.200',
  check: 'm4.5 12.5 5 5L19.5 7',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5M12 8h.01',
  warning: 'M12 4 2.5 20h19zM12 10v4.500M12 17.200h.01',
  stop: 'M8 3h8l5 5v8l-5 5H8l-5-5V8zM12 8v5M12 16h.01',
  lock: 'M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3',
  pause: 'M9 6v12M15 6v12',
  ban: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.6 5.600l12.8 12.8',
  active: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 12.200l2.8 2.800L16 9.5',
  edit: 'M4 20h4L19.5 8.500l-4-4L4 16zM13 7l4 4',
  refresh: 'M20 11a8 8 0 0 0-14.5-4L3.5 9M3.5 4v5h5M4 13a8 8 0 0 0 14.5 4l2-2M20.5 20v-5h-5',
  trash: 'M4 7h16M9 7V4h6v3M6.5 7l1 13h9l1-13M10 11v5M14 11v5',
  restore: 'M4 5v5h5M4.5 10A8 8 0 1 1 4 13',
  play: 'M8 5v14l11-7z',
  columns: 'M4 5h16v14H4zM10 5v14M15 5v14',
  filter: 'M4 5h16l-6 7v6l-4 2v-8z',
  pin: 'M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6',
  up: 'm6 14 6-6 6 6',
  down: 'm6 10 6 6 6-6',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5l3.5 2',
  density: 'M4 6h16M4 10h16M4 14h16M4 18h16',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  wifiOff:
    'M3 3l18 18M5 11a11 11 0 0 1 4-2.500M19 11a11 11 0 0 0-5-2.800M8.5 14.500a5.5 5.5 0 0 1 5-1.300M12 18.500h.01',
} as const;

export type IconName = keyof typeof paths;

/** A drawing beside a word; it says nothing of its own to a screen reader. */
export const Icon = ({ name, size = 16 }: { name: IconName; size?: number }) => (
  <svg
    viewBox="0 0 24 24"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    strokeWidth={name === 'more' ? 3 : 1.8}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
    style={{ flex: 'none' }}
  >
    <path d={paths[name]} />
  </svg>
);
