import { useWords } from '../../words/words.tsx';
import { readUserAgent } from './browser-name.ts';

/** "Firefox 145 on macOS"; what the browser says of itself when that is nothing known. */
export function useBrowserName(): (userAgent: string) => string {
  const say = useWords();
  return (text) => {
    const read = readUserAgent(text);
    if (read === null) return text;
    return read.system === null
      ? read.browser
      : say('sessions.browserOn', { browser: read.browser, system: read.system });
  };
}
