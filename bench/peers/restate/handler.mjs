// The workload: five durable steps one after the other, each an echo of a small JSON object.
// Prints `listening PORT` when it can be registered; ends when its standard input does.
import http2 from "node:http2";
import * as restate from "@restatedev/restate-sdk";

const STEPS = 5;

const fiveSteps = restate.service({
  name: "FiveSteps",
  handlers: {
    /** Answers with what the last step echoed: the order and the note of its input. */
    run: async (ctx, input) => {
      let last = input;
      for (let step = 1; step <= STEPS; step++) {
        const args = { order: last.order, note: last.note };
        last = await ctx.run(`echo${step}`, () => args);
      }
      return last;
    },
  },
});

/** The SDK would write several lines a run; what went wrong is kept. */
function logger(meta, message, ...rest) {
  if (meta.level === "warn" || meta.level === "error") {
    console.error(meta.level, message, ...rest);
  }
}

const server = http2.createServer(restate.createEndpointHandler({ services: [fiveSteps], logger }));
server.listen(0, "127.0.0.1", () => console.log(`listening ${server.address().port}`));
process.stdin.resume();
process.stdin.once("end", () => process.exit(0));
