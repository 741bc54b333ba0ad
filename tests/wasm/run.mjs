// node run.mjs PYODIDE SOURCE.zip HASH_SEED REPLAY...: what again.py reports, by CPython under WebAssembly. No network.
import { readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [pyodide, source, hashSeed, ...replays] = process.argv.slice(2);
const bytes = (file) => new Uint8Array(readFileSync(file));
try {
  const { loadPyodide } = await import(pathToFileURL(resolve(join(pyodide, 'pyodide.mjs'))));
  const python = await loadPyodide({ env: { PYTHONHASHSEED: hashSeed } });
  python.unpackArchive(bytes(source), 'zip', { extractDir: '/game' });
  python.FS.mkdirTree('/replays');
  const files = replays.map((replay) => `/replays/${basename(replay)}`);
  replays.forEach((replay, number) => python.FS.writeFile(files[number], bytes(replay)));
  python.runPython('import sys; sys.path.insert(0, "/game")');
  process.stdout.write(python.pyimport('again').report(python.toPy(files)));
} catch (error) {
  console.error(error.message); // thrown on, it would quote Pyodide's minified source
  process.exitCode = 1;
}
