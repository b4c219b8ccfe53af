import './app/strict-policy.ts';
import './ui/theme/styles.ts';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { router } from './app/router.ts';
import { queryClient } from './query-client.ts';
import { sessionQuery } from './session/session-query.ts';
import { theme } from './ui/theme/theme.ts';
import { needWords, useCatalogue } from './words/catalogue.ts';
import { language, localeFor } from './words/languages.ts';
import { WordsProvider } from './words/words-provider.tsx';

// Who is signed in, the words and the first page are fetched side by side.
void queryClient.prefetchQuery(sessionQuery);
await needWords('first');
const locale = localeFor(language, navigator.languages);
document.documentElement.lang = locale;

const App = () => (
  <WordsProvider locale={locale} messages={useCatalogue()}>
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      withCssVariables={false}
      withStaticClasses={false}
      withGlobalClasses={false}
    >
      <RouterProvider router={router} />
    </MantineProvider>
  </WordsProvider>
);

const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place to stand');
createRoot(place).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </StrictMode>,
);
