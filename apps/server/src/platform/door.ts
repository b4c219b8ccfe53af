import type { Capabilities } from '@latchkey/contract/console-api/session';
import type { Client, ClientSettings, PersonRef } from '@latchkey/domain/client';
import type { HeldRole } from '@latchkey/domain/holder';
import type { Permission } from '@latchkey/domain/permission';
import type { RotationReason } from '@latchkey/domain/secret';

/**
 * The Platform behind one door (product 1.1, 1.2). The rest of the server knows no wire format, no error envelope and
 * no name of a Platform: it asks for capabilities. Every function throws a console `Fault` and nothing else, except
 * when a signal aborts it.
 */
export interface Platform {
  readonly kind: 'embedded' | 'genesys-cloud';
  readonly capabilities: Capabilities;
  /** Origin of the Platform, for links and the session view. */
  readonly address: string;
  /** Where a client asks for tokens, for the forms of a secret (product 5.2). */
  readonly tokenUrl: string;
  /**
   * Everything a person may do, with that person's own token (security Z-17).
   *
   * @param token a fresh access token, asked for at each call
   * @param correlationId sent upstream as `inin-correlation-id`
   */
  asPerson(token: () => Promise<string>, correlationId: string): PersonPlatform;
  /** What the console may do by itself: read only, with its own client credentials. */
  asConsole(correlationId: string): ConsolePlatform;
}

/** The person behind a token, with all that the gate needs to know. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Permissions of the vocabulary; wildcards are spelled out (platform-api 2.7). */
  readonly permissions: ReadonlySet<Permission>;
  /** Roles with the divisions in which they are held; `*` is all. */
  readonly roles: readonly (HeldRole & { readonly roleName: string; readonly divisionName: string })[];
  readonly organization: { readonly id: string; readonly name: string; readonly hipaa: boolean };
}

/** A client with what the Platform tells beyond the domain's `Client`. */
export interface PlatformClient extends Client {
  /** When the current secret was made, where the Platform tells. */
  readonly secretCreatedAt: string | null;
  /** As last read, for changes that must send the complete model (platform-api 2.1). */
  readonly allowedIpRanges: readonly string[];
  /** Whom the Platform names as the owner; counts until the console keeps something of the client itself. */
  readonly initialOwner?: PersonRef;
}

/** The only two answers that hold a secret. Seal it at once and pass it to nothing else (product 5.4). */
export interface ClientWithSecret {
  readonly client: PlatformClient;
  readonly secret: string;
}

/** A secret as the Platform lists it, never its value. */
export interface PlatformSecret {
  readonly id: string;
  readonly hint: string;
  readonly createdAt: string;
  readonly createdBy: PersonRef | null;
  readonly lastUsedAt: string | null;
  readonly usesToday: number;
  /** `null` on the current one. */
  readonly endsAt: string | null;
  readonly reason: RotationReason | null;
}

/** A role of the organization. */
export interface PlatformRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly defaultRoleId: string | null;
  /** `domain:entity:action`, wildcards as given; `null` where the person may not read roles. */
  readonly permissions: readonly string[] | null;
}

/** A part of the client list. */
export interface ClientPage {
  readonly clients: readonly PlatformClient[];
  /** How many clients the list has in all. */
  readonly total: number;
  /** Whether this is the whole list in one answer. */
  readonly whole: boolean;
}

/** Reads that both a person and the console may be allowed. */
export interface ClientReads {
  /** The whole list; several pages where the Platform has them. */
  pages(signal?: AbortSignal): AsyncIterable<ClientPage>;
  /** What was created or changed since an instant; `null` where the Platform has no change feed, or for too many. */
  changedSince(instant: string): Promise<ClientPage | null>;
  /** How many clients there are, where the Platform tells without listing them all. */
  count(): Promise<number | null>;
  /** @throws client.not_found, also for one that was removed */
  read(clientId: string): Promise<PlatformClient>;
}

/** The Platform as one person may use it. */
export interface PersonPlatform {
  /** Who this is now; never from a cache. */
  me(): Promise<Me>;
  readonly clients: ClientReads & {
    /** @throws outcome.unknown when the answer was lost */
    create(settings: ClientSettings): Promise<ClientWithSecret>;
    /**
     * Replaces settings and state. Everything that the Platform keeps and the console does not set is sent as in `before`.
     *
     * @throws outcome.unknown when the answer was lost
     */
    update(
      before: PlatformClient,
      to: { settings?: ClientSettings; state?: 'active' | 'inactive' },
    ): Promise<PlatformClient>;
    /** Removes an inactive client; answers what became of it, `null` for gone for good. */
    remove(clientId: string): Promise<PlatformClient | null>;
    /** @throws secret.generated_meanwhile, outcome.unknown */
    newSecret(
      clientId: string,
      how: { reason: RotationReason; keepPreviousForSeconds: number; replaces?: string | undefined },
    ): Promise<ClientWithSecret>;
    /** `null` where the Platform keeps one secret and tells nothing of it. */
    secrets(clientId: string): Promise<readonly PlatformSecret[] | null>;
    retireSecret(clientId: string, secretId: string): Promise<void>;
  };
  /** All roles with permissions; where the person may not read roles: their own, without. */
  roles(): Promise<readonly PlatformRole[]>;
  divisions(): Promise<readonly { id: string; name: string; home: boolean }[]>;
  scopes(): Promise<readonly { id: string; description: string }[]>;
  /** Active people, from a cache of a minute. */
  people(): Promise<readonly PersonRef[]>;
  /** Names of the roles whose holders can give permissions; own roles only where the person may not read roles. */
  grantors(): Promise<readonly string[]>;
}

/** The Platform as the console itself may use it, to settle what a lost answer left open (architecture 5). */
export interface ConsolePlatform {
  readonly clients: ClientReads;
  /** Secrets of a client, `null` where the Platform tells nothing of them. */
  secrets(clientId: string): Promise<readonly PlatformSecret[] | null>;
  roles: PersonPlatform['roles'];
  divisions: PersonPlatform['divisions'];
  scopes: PersonPlatform['scopes'];
}
