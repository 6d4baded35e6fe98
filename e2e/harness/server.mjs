// Starts the binary under test on an empty home and stops it again.

import { spawn, execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5_000;
const ADDRESS = /http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):\d+\/\S*/;

/** The binary under test; without it nothing can be checked. */
export function binary() {
  const path = process.env.METIER_BIN;
  if (!path) {
    throw new Error('METIER_BIN must name the binary under test (`cargo xtask test --only e2e` sets it)');
  }
  return path;
}

/** An empty folder for one server's data. */
export async function emptyHome() {
  return mkdtemp(join(tmpdir(), 'metier-e2e-'));
}

/** Runs one command of the product to its end and returns what it printed. */
export async function command(home, ...args) {
  const { stdout } = await promisify(execFile)(binary(), args, { env: environment(home) });
  return stdout;
}

/**
 * A running product. `address` is the line it printed, with the token that signs its owner in; `origin`
 * is the address without path and token. Further arguments of `serve` can be given.
 */
export async function serve(home, ...args) {
  const child = spawn(binary(), ['serve', '--port', '0', ...args], {
    env: environment(home),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { text: '' };
  const address = await firstAddress(child, said);
  return {
    address,
    origin: new URL(address).origin,
    /** Everything it has written so far, for messages. */
    log: () => said.text,
    stop: () => stop(child),
  };
}

/** A running product on an empty home that is removed when it stops. */
export async function serveEmpty(...args) {
  const home = await emptyHome();
  const server = await serve(home, ...args);
  return {
    ...server,
    home,
    stop: async () => {
      await server.stop();
      await rm(home, { recursive: true, force: true });
    },
  };
}

function environment(home) {
  return { ...process.env, METIER_HOME: home, NO_COLOR: '1' };
}

function firstAddress(child, said) {
  return new Promise((resolve, reject) => {
    const fail = (why) => reject(new Error(`${why}; it wrote:\n${said.text || '(nothing)'}`));
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail(`serve printed no address within ${START_LIMIT_MS / 1000} s`);
    }, START_LIMIT_MS);
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(`cannot start ${binary()}: ${error.message}`);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      fail(`serve ended with ${code ?? signal} before it printed an address`);
    });
    const read = (chunk) => {
      said.text += chunk;
      // The line is complete once something follows the address.
      const found = said.text.match(ADDRESS);
      if (found && said.text.length > found.index + found[0].length) {
        clearTimeout(timer);
        resolve(found[0]);
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
  });
}

async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
  await ended;
  clearTimeout(timer);
}
