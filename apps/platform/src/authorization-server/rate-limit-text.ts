/** The text by which callers know that they ask for too many tokens; its beginning is part of the wire (platform-api 1.5). */
export const rateLimitText = (seconds: number): string => `rate limit exceeded; retry in ${seconds} seconds`;
