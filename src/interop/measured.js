"use strict";
// Twilio's own client in a process of its own, for the benchmark; ClientProcess.java is the same with ours. Without
// arguments it loads nothing until it is told to start, so that what an empty process holds can be measured.

const readline = require("readline");

for (const level of ["log", "info", "debug", "warn", "trace"]) {
  console[level] = () => {};
}

const now = () => process.hrtime.bigint();
const say = (...words) => process.stdout.write(words.join(" ") + "\n");

const LIMIT_MS = 120_000;

const latencies = [];
let left = 0;
let lastHeard = 0n;
let allHeard = () => {};

function hear(message) {
  const at = now();
  if (message.body?.startsWith("at ")) {
    latencies.push(at - BigInt(message.body.slice(3)));
  }
  lastHeard = at;
  left -= 1;
  if (left === 0) {
    allHeard();
  }
}

let client;

const actions = {
  async again(...words) {
    await client.shutdown();
    return actions.start(...words);
  },
  async start(url, socket, token, first, longest) {
    const start = now();
    const { Client } = require("@twilio/conversations");
    client = new Client(token, {
      logLevel: "silent",
      retryPolicy: { min: Number(first), max: Number(longest), randomness: 0.2 },
      Twilsock: { uri: socket },
    });
    client.on("messageAdded", hear);
    await new Promise((resolve) => client.on("initialized", resolve));
    return `${start} ${now()}`;
  },
  expect(messages) {
    left = Number(messages);
    return "done";
  },
  async heard() {
    if (left > 0) {
      setTimeout(() => process.exit(1), LIMIT_MS).unref();
      await new Promise((resolve) => (allHeard = resolve));
    }
    return lastHeard;
  },
  latencies: () => latencies.join(" "),
  async used() {
    for (let i = 0; i < 3; i++) {
      global.gc();
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return process.memoryUsage().heapUsed;
  },
};

const lines = readline.createInterface({ input: process.stdin });
lines.on("line", async (line) => {
  const [command, ...words] = line.split(" ");
  say(command, await actions[command](...words));
});
lines.on("close", () => process.exit(0));
