import { expect, it } from 'vitest';
import { Browser } from '../testing/browser.ts';
import { aLawlessPlatform } from '../testing/lawless-platform.ts';
import { apiOf, startConsole } from '../testing/start-console.ts';

it('a Platform without discovery and ID tokens signs people in by PKCE and state alone (product 1.1, 2.1)', async () => {
  const region = await aLawlessPlatform();
  region.idToken = () => Promise.resolve(undefined);
  region.issuerSaid = null;
  const url = new URL(region.url);
  const console_ = await startConsole(
    region.url,
    { id: '0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01', secret: region.client.secret },
    { platform: { kind: 'genesys-cloud', apiUrl: url, loginUrl: url, extensions: false } },
  );
  const browser = new Browser();
  const begun = await browser.visit(`${console_.url}/sign-in`, { until: () => true });
  const asked = Object.fromEntries(begun.url.searchParams);
  expect(Object.keys(asked).toSorted()).toEqual([
    'client_id',
    'code_challenge',
    'code_challenge_method',
    'redirect_uri',
    'response_type',
    'state',
  ]);

  await browser.visit(begun.url, { until: (next) => next.pathname === '/' });
  const session = await apiOf(browser, console_.url).session.read();
  expect(session).toMatchObject({ person: region.person, platform: { kind: 'genesys-cloud' } });
  // Hyphens stay as they are: Genesys Cloud does not decode what RFC 6749 §2.3.1 would have encoded.
  const basic = Buffer.from(`0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01:${region.client.secret}`).toString('base64');
  expect(region.seen.authorizations).toEqual([`Basic ${basic}`]);

  const { next } = await apiOf(browser, console_.url).session.signOut();
  const back = encodeURIComponent(`${console_.url}/signed-out`);
  expect(next).toBe(`${region.url}/logout?client_id=0b7d3a5e-61f2-4f0c-8a1b-6a2f5c9d1e01&redirect_uri=${back}`);
  await console_.stop();
  await region.stop();
});
