#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { check, format } from '../src/check.js';

const USAGE = `Usage: npx multi-client-auth check [address of your application] [--cookie <Cookie header of the browser>]

Checks from this machine whether sign-in is set up, and says what to do. Reads AUTH_URL and the other variables also from
.env.local and .env. Exit status 0 if everything is right.`;

function argumentsGiven() {
  try {
    const { positionals, values } = parseArgs({
      allowPositionals: true,
      options: { cookie: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    const [command, url, ...others] = positionals;
    return command === 'check' && others.length === 0 && !values.help ? { url, cookie: values.cookie } : undefined;
  } catch {
    return undefined;
  }
}

const options = argumentsGiven();
if (options === undefined) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  const { ok, answers } = await check({ ...options, quiet: true });
  console.log(format(answers));
  process.exitCode = ok ? 0 : 1;
}
