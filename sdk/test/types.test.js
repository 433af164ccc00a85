import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

const root = new URL('../', import.meta.url);
const read = (file) => readFileSync(new URL(file, root), 'utf8');
const manifest = JSON.parse(read('package.json'));
const declarations = readdirSync(new URL('src/', root)).filter((file) => file.endsWith('.d.ts'));

/**
 * The lines of a declaration file that export something, or are a member of it, without a comment in front. Modules and
 * namespaces have members with members.
 */
function undocumented(text) {
  const lines = text.split('\n');
  let depth = 0;
  return lines.filter((line, number) => {
    if (/^\S/.test(line) && !/^[})|]/.test(line)) {
      depth = /^declare /.test(line) ? 6 : /^export .*[{(]$/.test(line) ? 2 : 0;
    }
    const indent = line.search(/\S/);
    const exported = /^export (declare )?(default )?(function|const|class|interface|type \w)/.test(line);
    const member = depth > 0 && indent > 0 && indent <= depth && /^ +(readonly )?[\w[(<]/.test(line) && !isParameter(lines, number);
    return (exported || member) && !/\*\/\s*$/.test(lines[number - 1] ?? '');
  });
}

/** Whether a line stands between the parentheses of a function, or the brackets of a type. */
function isParameter(lines, number) {
  const indent = lines[number].search(/\S/);
  const opening = lines.slice(0, number).findLast((line) => line.trim() !== '' && line.search(/\S/) < indent && line.search(/\S/) >= 0);
  return /[(<]$/.test(opening ?? '');
}

for (const file of declarations) {
  test(`${file} documents all that it exports`, () => assert.deepEqual(undocumented(read(`src/${file}`)), []));
}

test('a missing comment is found', () => {
  assert.deepEqual(undocumented('export interface A {\n  a: string;\n  /** B. */\n  b(): void;\n}\nexport function f(): void;\n'), [
    'export interface A {',
    '  a: string;',
    'export function f(): void;',
  ]);
  assert.deepEqual(undocumented("/** M. */\ndeclare module 'm' {\n  interface S {\n    /** U. */\n    user: string;\n    id: string;\n  }\n}\n"), [
    '  interface S {',
    '    id: string;',
  ]);
  assert.deepEqual(undocumented('/** T. */\nexport type T = {\n  a: string;\n};\n/** F. */\nexport function f(\n  a: string,\n): {\n  b: string;\n};\n'), [
    '  a: string;',
    '  b: string;',
  ]);
});

describe('package.json', () => {
  test('exports every module with its types, and each exists', () => {
    const exported = Object.values(manifest.exports).filter((each) => typeof each === 'object');
    for (const { types, default: file } of exported) {
      assert.ok(existsSync(new URL(types, root)), types);
      assert.ok(existsSync(new URL(file, root)), file);
    }
    assert.deepEqual(exported.map(({ types }) => types.slice('./src/'.length)).sort(), declarations.sort());
  });

  test('says where the package comes from', () => {
    const { repository, homepage, bugs, keywords, publishConfig, license } = manifest;
    const address = repository.url.replace(/^git\+|\.git$/g, '');
    assert.equal(repository.directory, 'sdk');
    assert.ok(homepage.startsWith(`${address}/`));
    assert.equal(bugs.url, `${address}/issues`);
    assert.ok(keywords.length > 5);
    assert.equal(publishConfig.provenance, true);
    assert.equal(license, 'Apache-2.0');
  });

  test('leads to a page that exists', () => {
    const [, page] = manifest.homepage.split('/blob/main/');
    assert.ok(existsSync(new URL(`../${page}`, root)), page);
  });

  test('has no dependencies, and frameworks as optional peers', () => {
    assert.equal(manifest.dependencies, undefined);
    assert.deepEqual(
      Object.keys(manifest.peerDependencies).filter((name) => !manifest.peerDependenciesMeta[name]?.optional),
      [],
    );
  });
});

for (const name of ['client', 'session', 'react', 'vue', 'svelte', 'angular', 'server', 'express', 'next']) {
  test(`${name} exports the type of a session as Session too`, () => {
    assert.match(read(`src/${name}.d.ts`), /\bSession\b[^;]*from '\.\/session\.js'|export type Session = /);
  });
}
