/** One question about the set-up, and its answer. */
export interface CheckAnswer {
  /** What was checked, such as `forwarded`, `host`, `registered`, or the name of a variable. */
  id: string;
  /** `undefined`: this need not be checked, or cannot be. */
  ok: boolean | undefined;
  /** What was found, in a sentence. */
  text: string;
  /** What to do, if it is not right. */
  todo?: string;
}

/** The answers of {@link check}. */
export interface CheckResult {
  /** Whether nothing is wrong. */
  ok: boolean;
  /** One for each question, in the order in which they were asked. */
  answers: CheckAnswer[];
}

/** What {@link check} is about. */
export interface CheckOptions {
  /** The application's origin as the browser has it, such as `http://localhost:5173`. By default that of `AUTH_URL`. */
  url?: string;
  /** A `Cookie` header copied from the browser, to see whether this server opens its session. It is not sent anywhere. */
  cookie?: string;
  /** Variables. By default those of the process and of `.env.local`, `.env` and their kind in the current folder. */
  env?: Record<string, string | undefined>;
  /**
   * Whether the server uses Auth.js itself (`next-auth`, `@auth/…`), which finds the cookie under one name only. By default
   * whether `package.json` in the current folder names it.
   */
  authJs?: boolean;
  /** `true`: do not print what is wrong. */
  quiet?: boolean;
}

/**
 * Checks from this machine whether sign-in is set up: is `/api/auth` forwarded, is the origin registered, does the host
 * arrive, does the secret open the cookies, are their names right? Prints what is wrong and what to do.
 *
 * For development servers, on Node.js. With `NODE_ENV=production` it does nothing.
 */
export function check(options?: CheckOptions): Promise<CheckResult>;

/** The answers as text, a line or two for each. */
export function format(answers: CheckAnswer[]): string;
