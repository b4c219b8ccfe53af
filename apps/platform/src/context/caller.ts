import type { HeldRole } from '@latchkey/domain/holder';
import type { Permission } from '@latchkey/domain/permission';

interface AnyCaller {
  readonly clientId: string;
  readonly clientName: string;
  /** Whether the token was given to the console's own client. */
  readonly clientBuiltIn: boolean;
  /** The permissions held right now, wildcards of roles spelled out over the vocabulary. */
  readonly permissions: ReadonlySet<Permission>;
  /** The roles held right now, each with its division (`*` for all). */
  readonly grants: readonly HeldRole[];
  /** The scopes of the token. */
  readonly scopes: readonly string[];
  readonly organizationId: string;
}

/** A person who works through a client: authority is the person's grants within the token's scopes. */
export interface PersonCaller extends AnyCaller {
  readonly kind: 'person';
  readonly userId: string;
  /** When the person last proved who they are, in seconds since 1970; for step-up rules (product 2.5). */
  readonly authTime: number | null;
}

/** A client on its own (client credentials): authority is its roles, narrowed by scopes if it has some (ruling 8). */
export interface ClientCaller extends AnyCaller {
  readonly kind: 'client';
}

/** Who calls the Platform API. */
export type Caller = PersonCaller | ClientCaller;

/** Why a bearer token opens nothing (platform-api 3.3). */
export type BearerRefusal = 'authentication.required' | 'bad.credentials' | 'credentials.expired';

/** Resolves the token of an `Authorization: Bearer` header; `undefined` is a request without one. */
export type CallerOf = (token: string | undefined) => Promise<Caller | { readonly refused: BearerRefusal }>;
