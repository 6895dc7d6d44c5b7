// Starting and stopping: ports, child processes, waiting for an answer.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import net from "node:net";
import { setTimeout as pause } from "node:timers/promises";

const GRACE_MS = 10_000;
const SETPRIV = "/usr/bin/setpriv";

/** So many different free ports of the loopback interface; held together until all are known. */
export async function freePorts(count) {
  const servers = await Promise.all(
    Array.from({ length: count }, () => new Promise((resolve, reject) => {
      const server = net.createServer().once("error", reject);
      server.listen(0, "127.0.0.1", () => resolve(server));
    })),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Starts a child that the kernel ends with us, should we be killed before we can (where setpriv is there). */
export function start(command, args, options) {
  const guarded = existsSync(SETPRIV) ? [SETPRIV, "--pdeathsig", "KILL", "--", command, ...args] : [command, ...args];
  return spawn(guarded[0], guarded.slice(1), options);
}

/** Resolves when the child has gone: asked first, killed after ten seconds. */
export async function stop(child) {
  if (gone(child)) {
    return;
  }
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
  await ended;
  clearTimeout(timer);
}

export function gone(child) {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Asks until the answer is a good one; at most so long. */
export async function answered(what, url, options, patienceMs) {
  const deadline = Date.now() + patienceMs;
  let last = "no answer";
  while (Date.now() < deadline) {
    try {
      const response = await fetch(url, { ...options, signal: AbortSignal.timeout(5_000) });
      const text = await response.text();
      if (response.ok) {
        return text;
      }
      last = `${response.status} ${text}`;
    } catch (error) {
      last = error.cause?.message ?? error.message;
    }
    await pause(100);
  }
  throw new Error(`${what} at ${url} was not ready in ${patienceMs} ms: ${last}`);
}
