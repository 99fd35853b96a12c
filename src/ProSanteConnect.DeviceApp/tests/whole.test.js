import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { familiarName, operatingSystem } from '../wwwroot/app/device.js';
import { en } from '../wwwroot/app/en.js';
import { fr } from '../wwwroot/app/fr.js';
import { typesetFrench } from '../wwwroot/app/texts.js';
import { version } from '../wwwroot/app/version.js';

const root = new URL('../wwwroot/app/', import.meta.url);

test('the offline shell is made of every file of the application', async () => {
  globalThis.self = { location: new URL('https://wallet.example/app/sw.js'), addEventListener: () => undefined };
  const { shell } = await import('../wwwroot/app/sw.js');
  const files = (await readdir(root, { recursive: true }))
    .filter((path) => /\.\w+$/.test(path))
    .map((path) => path.replaceAll('\\', '/'))
    // Not listed: the worker itself, the page (cached by its address), and the optional library.
    .filter((file) => file !== 'sw.js' && file !== 'index.html' && !file.startsWith('lib/'));

  assert.deepEqual([...shell].filter((path) => path !== './').sort(), files.sort());
});

test('the version is the one of the package', async () => {
  assert.equal(version, JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8')).version);
});

test('both editions of the conditions bear the same version', async () => {
  const [french, english] = await Promise.all(['cgu.html', 'cgu.en.html'].map(async (name) => (await readFile(new URL(name, root), 'utf8')).match(/<meta name="version" content="([^"]+)">/)?.[1]));

  assert.match(french ?? '', /^\d{4}-\d{2}-\d{2}$/);
  assert.equal(english, french);
});

/** @returns {string[]} the path of each sentence */
const paths = (texts, prefix = '') => Object.entries(texts).flatMap(([name, value]) => (typeof value === 'object' ? paths(value, `${prefix}${name}.`) : [prefix + name]));

test('each sentence exists in both languages', () => {
  assert.deepEqual(paths(en), paths(fr));
});

test('the labels of the procedure are exact', () => {
  assert.equal(fr.welcome.start, "Commencer l'activation");
  assert.equal(fr.conditions.accept, 'Accepter');
  assert.equal(fr.scan.title, 'Scanner un QR code');
  assert.equal(fr.choose.scan, 'Scanner un QR code');
  assert.equal(fr.choose.request, "Envoyer une demande d'activation");
  assert.equal(fr.request.search, 'Rechercher');
  assert.equal(fr.search.search, 'Rechercher');
  assert.equal(fr.inspect.send, "Envoyer ma demande d'activation");
  assert.equal(fr.finish.title, 'Votre e-CPS est maintenant activée.');
  assert.equal(fr.home.active, 'Actif');
  assert.equal(fr.states.status, 'Inactive');
  assert.equal(fr.settings.title, 'Paramètres');
  assert.equal(fr.settings.delete, 'Supprimer ma e-CPS');
  assert.equal(fr.remove.confirm, 'Confirmer');
  assert.equal(fr.settings.forgotten, 'Mot de passe oublié');
});

test('no page carries a script or a style of its own', async () => {
  for (const page of ['index.html', 'cgu.html', 'cgu.en.html']) {
    const html = await readFile(new URL(page, root), 'utf8');

    assert.doesNotMatch(html, /<style|<script(?![^>]*\ssrc=)|\sstyle=|\son\w+=/i, page);
  }
});

for (const [agent, name, system] of [
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1', 'iPhone', 'iOS 18.5'],
  ['Mozilla/5.0 (Linux; Android 15; Pixel 9 Build/AP4A) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'Pixel 9', 'Android 15'],
  ['Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36', 'Android', 'Android 10'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Linux', 'Linux'],
]) {
  test(`the phone ${name} is called by its name`, () => {
    assert.equal(familiarName(agent), name);
    assert.equal(operatingSystem(agent), system);
  });
}

/** @returns {string[]} */
const sentences = (texts) => Object.values(texts).flatMap((value) => (typeof value === 'object' ? sentences(value) : [typeof value === 'function' ? value('1', 2) : value]));

test('no French sentence breaks before its punctuation or inside its quotation marks', () => {
  for (const sentence of sentences(fr)) assert.doesNotMatch(typesetFrench(sentence), / [?!:;»]|« /, sentence);
});

test('every sentence reaches the screen through el or fill, which typeset it', async () => {
  for (const path of (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.js') && !name.startsWith('lib/'))) {
    assert.doesNotMatch(await readFile(new URL(path, root), 'utf8'), /(textContent|innerText|innerHTML) = t\./, path);
  }
});
