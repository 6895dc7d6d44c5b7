// A closed loop against what start.mjs printed, for trying it by hand; the bench has its own client.
//
//   node load.mjs URL [--levels 1,32,256] [--warmup SECONDS] [--seconds SECONDS]
import http from "node:http";
import { parseArgs } from "node:util";

const { values: options, positionals: [url] } = parseArgs({
  allowPositionals: true,
  options: {
    levels: { type: "string", default: "1,32,256" },
    warmup: { type: "string", default: "5" },
    seconds: { type: "string", default: "10" },
  },
});
if (!url) {
  console.error("usage: node load.mjs URL [--levels 1,32,256] [--warmup SECONDS] [--seconds SECONDS]");
  process.exit(2);
}
const INPUT = JSON.stringify({ order: 17, note: "x" });
const agent = new http.Agent({ keepAlive: true });

/** Resolves when one run has ended with the right result. */
function run() {
  return new Promise((resolve, reject) => {
    const headers = { "content-type": "application/json", "content-length": INPUT.length };
    const request = http.request(url, { method: "POST", agent, headers, timeout: 60_000 }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part) => (text += part));
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200 && text === INPUT) {
          resolve();
        } else {
          reject(new Error(`${response.statusCode} ${text}`));
        }
      });
    });
    request.on("timeout", () => request.destroy(new Error("no answer in 60 s")));
    request.on("error", reject);
    request.end(INPUT);
  });
}

async function measure(level) {
  const begin = performance.now() + options.warmup * 1000;
  const end = begin + options.seconds * 1000;
  const latencies = [];
  let failed = 0;
  const caller = async () => {
    while (performance.now() < end && failed < 10 * level) {
      const started = performance.now();
      try {
        await run();
        const ended = performance.now();
        if (ended >= begin && ended < end) {
          latencies.push(ended - started);
        }
      } catch (error) {
        console.error(error.message);
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: level }, caller));
  latencies.sort((a, b) => a - b);
  const at = (share) => +(latencies[Math.max(Math.ceil(share * latencies.length), 1) - 1] ?? 0).toFixed(3);
  const runsPerSecond = +(latencies.length / options.seconds).toFixed(1);
  return { level, runs: latencies.length, seconds: +options.seconds, runsPerSecond, p50Ms: at(0.5), p99Ms: at(0.99), failed };
}

for (const level of options.levels.split(",").map(Number)) {
  const result = await measure(level);
  console.log(JSON.stringify(result));
  process.exitCode ||= result.failed ? 1 : 0;
}
agent.destroy();
