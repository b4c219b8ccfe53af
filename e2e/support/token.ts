/** What the token endpoint answered. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: {
    access_token?: string;
    token_type?: string;
    expires_in?: number;
    error?: string;
    error_description?: string;
  };
}

/** Asks the Platform for a token with client credentials, as any caller would (RFC 6749 §4.4). */
export async function clientCredentialsToken(platform: string, clientId: string, secret: string): Promise<TokenAnswer> {
  const response = await fetch(`${platform}/oauth/token`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${secret}`).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: 'grant_type=client_credentials',
  });
  return { status: response.status, body: (await response.json()) as TokenAnswer['body'] };
}

/** The status of a read on the Platform API with a token. */
export const platformStatus = async (platform: string, token: string, path = '/api/v2/oauth/scopes'): Promise<number> =>
  (await fetch(platform + path, { headers: { authorization: `Bearer ${token}` } })).status;
