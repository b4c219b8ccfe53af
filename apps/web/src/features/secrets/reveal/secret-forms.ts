import type { SecretForm } from '@latchkey/contract/console-api/models';
import type { GrantType } from '@latchkey/domain/grant-type';

/** What the forms name. The secret is not among it: every command reads it from standard input (product 5.2). */
export interface SecretFacts {
  readonly clientId: string;
  readonly clientName: string;
  /** The Platform's token endpoint. */
  readonly tokenUrl: string;
  /** Decides which token request is shown; Client Credentials when nothing is known. */
  readonly grantTypes?: readonly GrantType[] | undefined;
}

/** The forms that are commands for a shell, in the order in which the dialog offers them. */
export const commandForms = [
  'curl',
  'vault',
  'aws',
  'azure',
  'docker',
  'kubernetes',
] as const satisfies readonly SecretForm[];
export type CommandForm = (typeof commandForms)[number];

/** A text as one word of a POSIX shell, whatever it holds. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/**
 * The client's name as vaults take names: lower-case letters, digits and single hyphens, at most 40 characters, beginning
 * with a letter. A name without any such character becomes `client-` and the start of the id.
 */
export function storeName({ clientName, clientId }: Pick<SecretFacts, 'clientName' | 'clientId'>): string {
  const plain = clientName.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const name = plain
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/^[-0-9]+|-+$/g, '');
  return name === ''
    ? `client-${clientId
        .toLowerCase()
        .replace(/[^a-z0-9]/g, '')
        .slice(0, 8)}`
    : name;
}

/**
 * Asks for the secret without showing it and passes it on without a line break (bash and zsh). `printf` is part of the
 * shell, so the secret is in no list of processes either.
 */
const ask = `(IFS= read -rs s && printf %s "$s")`;
const pipe = ' |\n  ';

/** A command that stores or uses the secret, and reads it from standard input. */
export function commandFor(form: CommandForm, facts: SecretFacts): string {
  const name = storeName(facts);
  switch (form) {
    case 'curl':
      return tokenRequest(facts);
    case 'vault':
      return `${ask}${pipe}vault kv put -mount=secret ${shellWord(`oauth/${name}`)} client_id=${shellWord(facts.clientId)} client_secret=-`;
    case 'aws':
      return `${ask}${pipe}aws secretsmanager create-secret --name ${shellWord(`oauth/${name}/client-secret`)} --secret-string file:///dev/stdin`;
    case 'azure':
      return `${ask}${pipe}az keyvault secret set --vault-name 'YOUR-VAULT' --name ${shellWord(`${name}-client-secret`)} --file /dev/stdin --encoding utf-8`;
    case 'docker':
      return `${ask}${pipe}docker secret create ${shellWord(`${name}-client-secret`)} -`;
    case 'kubernetes':
      return `${ask}${pipe}kubectl create secret generic ${shellWord(`${name}-oauth`)} --from-literal=client-id=${shellWord(facts.clientId)} --from-file=client-secret=/dev/stdin`;
  }
}

/** The token request of the client's first grant type; curl reads the credentials as its configuration. */
function tokenRequest({ clientId, tokenUrl, grantTypes = [] }: SecretFacts): string {
  const credentials = `(IFS= read -rs s && printf 'user = "%s:%s"' ${shellWord(clientId)} "$s")`;
  return `${credentials}${pipe}curl --config - ${grantData(grantTypes)} ${shellWord(tokenUrl)}`;
}

function grantData(grants: readonly GrantType[]): string {
  if (grants.length === 0 || grants.includes('CLIENT-CREDENTIALS')) return '--data grant_type=client_credentials';
  if (grants.includes('CODE')) {
    return "--data grant_type=authorization_code --data-urlencode code='THE-CODE' --data-urlencode redirect_uri='YOUR-REDIRECT-URI' --data-urlencode code_verifier='YOUR-VERIFIER'";
  }
  return '--data grant_type=urn:ietf:params:oauth:grant-type:saml2-bearer --data-urlencode assertion@assertion.b64';
}

/** The lines of an `.env` file without the secret: it is put in where `secret` stands. */
export const envLines = ({ clientId, tokenUrl }: SecretFacts, secret: string): string =>
  `OAUTH_CLIENT_ID=${envValue(clientId)}\nOAUTH_CLIENT_SECRET=${envValue(secret)}\nOAUTH_TOKEN_URL=${envValue(tokenUrl)}\n`;

/** Plain where every reader agrees on it (Docker keeps quotes as they are), else in single quotes as a shell reads it. */
const envValue = (text: string): string => (/^[\w.~+/=:@%-]*$/.test(text) ? text : shellWord(text));

/** The name of the file that is downloaded. */
export const envFileName = (facts: Pick<SecretFacts, 'clientName' | 'clientId'>): string => `${storeName(facts)}.env`;
