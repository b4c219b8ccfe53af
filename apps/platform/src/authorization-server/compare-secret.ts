import { BlockList, isIPv6 } from 'node:net';
import { errors, Provider } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '../context/platform.ts';
import type { ClientRow, StoredSecret } from './client-row.ts';
import type { SecretHasher } from './secret-hasher.ts';
import type { SecretUses } from './secret-uses.ts';

/** The secrets of the client that a request speaks for; never part of the library's client, which it caches. */
const secretsOfRequest = new WeakMap<object, { clientId: string; secrets: readonly StoredSecret[] }>();

/** Which secret authenticated a request. */
const matchedInRequest = new WeakMap<object, string>();

/** Keeps a client's secrets for the comparison that follows in the same request. */
export function rememberSecrets(ctx: KoaContextWithOIDC | undefined, { id, secrets }: ClientRow): void {
  if (ctx !== undefined) secretsOfRequest.set(ctx, { clientId: id, secrets });
}

/** The id of the secret that authenticated this request, or null. */
export const matchedSecret = (ctx: object): string | null => matchedInRequest.get(ctx) ?? null;

interface Comparing {
  readonly hasher: SecretHasher;
  readonly clock: Clock;
  readonly uses: SecretUses;
  /** Has the last word once a secret matched; throws to refuse. */
  readonly afterMatch: (ctx: KoaContextWithOIDC, clientId: string) => Promise<void>;
}

/** What the library's client has here; own properties keep their names. */
interface OwnClient {
  readonly clientId: string;
  readonly allowed_ip_ranges?: readonly string[];
}

/**
 * Whether a presented secret is one of the client's live ones. Compares with all of them, whatever the first
 * says (security K-05, K-06). Takes the place of `Client.compareClientSecret`.
 */
export function compareSecret({ hasher, clock, uses, afterMatch }: Comparing) {
  return async function compareClientSecret(this: OwnClient, presented: string): Promise<boolean> {
    const ctx = Provider.ctx;
    const known = ctx === undefined ? undefined : secretsOfRequest.get(ctx);
    if (ctx === undefined || known?.clientId !== this.clientId || typeof presented !== 'string') return false;
    const [live] = known.secrets.filter(({ hash }) => hasher.matches(this.clientId, presented, hash));
    if (live === undefined) return false;
    refuseForeignAddress(ctx, this.allowed_ip_ranges ?? []);
    matchedInRequest.set(ctx, live.id);
    uses.note({ clientId: this.clientId, secretId: live.id, at: clock() });
    await afterMatch(ctx, this.clientId);
    return true;
  };
}

/** Client credentials work from the client's address ranges only, if it has some (product 4.9). */
function refuseForeignAddress(ctx: KoaContextWithOIDC, ranges: readonly string[]): void {
  if (ranges.length === 0 || ctx.oidc.params?.['grant_type'] !== 'client_credentials') return;
  if (!isWithin(ctx.ip, ranges)) throw new errors.UnauthorizedClient('this address is not among the allowed ones');
}

function isWithin(address: string, ranges: readonly string[]): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  const list = new BlockList();
  for (const range of ranges) {
    const [net = '', bits] = range.split('/');
    const family = isIPv6(net) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(net, family);
    else list.addSubnet(net, Number(bits), family);
  }
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}
