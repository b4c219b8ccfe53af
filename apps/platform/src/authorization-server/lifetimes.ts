/** How long things of the authorization server live, in seconds. */
export const lifetimes = {
  /** An authorization code (security O-03). */
  code: 60,
  /** A started sign-in (security 0.1). */
  interaction: 600,
  /** The Platform's own sign-in session, from the moment the person proved who they are. */
  session: 43_200,
  /** A family of refresh tokens, from the first one; rotation never prolongs it (security O-04). */
  refreshFamily: 2_592_000,
  /** What a person granted to a client: as long as anything under it can be refreshed. */
  grant: 2_678_400,
  idToken: 3_600,
  /**
   * How much later than its end an opaque token may still be accepted, for replicas whose clocks differ by less: a token
   * of T seconds works at T-1 and is refused at T+1 (security T-06).
   */
  clockTolerance: 1,
} as const;
