import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';

const root = new URL('../', import.meta.url);
const read = (file) => readFileSync(new URL(file, root), 'utf8');
const manifest = JSON.parse(read('package.json'));
const declarations = readdirSync(new URL('src/', root)).filter((file) => file.endsWith('.d.ts'));

/** The lines of a declaration file that export something, or are a member of it, without a comment in front. */
function undocumented(text, members = true) {
  const lines = text.split('\n');
  let block = '';
  return lines.filter((line, number) => {
    const exported = /^export (declare )?(default )?(function|const|class|interface|type \w)/.test(line);
    if (exported) {
      block = line;
    } else if (/^\S/.test(line) && !line.startsWith('}') && !/^[)|]/.test(line)) {
      block = '';
    }
    const member =
      members &&
      /^export (interface|class)/.test(block) && /^ {2}(readonly )?[\w[(<]/.test(line) && !/^ {2}readonly (name|status|code)/.test(line);
    return (exported || member) && !/\*\/\s*$/.test(lines[number - 1] ?? '');
  });
}

for (const file of declarations) {
  // The fields of Auth.js' configuration are documented at Auth.js.
  const members = file !== 'config.d.ts';
  test(`${file} documents all that it exports`, () => assert.deepEqual(undocumented(read(`src/${file}`), members), []));
}

test('a missing comment is found', () => {
  assert.deepEqual(undocumented('export interface A {\n  a: string;\n  /** B. */\n  b(): void;\n}\nexport function f(): void;\n'), [
    'export interface A {',
    '  a: string;',
    'export function f(): void;',
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
