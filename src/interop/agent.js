"use strict";
/*
 * Holds Twilio's own JavaScript client for a test that is written elsewhere: one JSON command a line on stdin, one JSON
 * answer or event a line on stdout. The end of stdin ends it.
 *
 *   {"id": 1, "do": "new",    "class": "Client", "args": [...]}
 *   {"id": 2, "do": "static", "class": "Client", "name": "create", "args": [...]}
 *   {"id": 3, "do": "call",   "ref": 7, "name": "sendMessage", "args": [...]}
 *   {"id": 4, "do": "read",   "ref": 7}
 *   {"id": 5, "do": "members"}
 *
 * is answered by {"id": 1, "value": ...} or {"id": 1, "error": {...}}, and {"event": ..., "ref": 7, "args": [...]} comes
 * between: of every object of the client that was ever sent, all that its typings name. The objects stay here and travel as {"$ref": 7, "$class": "Message", ...} with the values that their
 * public members had at that moment, which are those of the typings.
 */

const readline = require("readline");

// stdout is for answers, and warnings here are about deprecated members, which are tried like all others.
for (const level of ["log", "info", "debug", "warn", "trace"]) {
  console[level] = () => {};
}

const sdk = require("@twilio/conversations");
const known = require("./members.js").members();

const objects = [];
const refs = new WeakMap();

function say(message) {
  process.stdout.write(JSON.stringify(message) + "\n");
}

/** The name under which the typings know the class of an object; undefined for what is no object of the client. */
function classOf(object) {
  const exported = Object.keys(sdk).find((name) => known[name] && object.constructor === sdk[name]);
  return exported ?? (Array.isArray(object.items) && typeof object.nextPage === "function" ? "Paginator" : undefined);
}

/** The number of an object, which is listened to as soon as it has one. */
function refOf(object, name) {
  if (!refs.has(object)) {
    refs.set(object, objects.push(object) - 1);
    listen(object, known[name].events);
  }
  return refs.get(object);
}

function valueOf(object, name) {
  try {
    return object[name];
  } catch (error) {
    return { $threw: String(error) };
  }
}

/** Objects inside of objects are only named: they know each other in circles. */
function encode(value, depth = 0) {
  if (value === undefined || value === null || typeof value === "function") {
    return null;
  }
  if (typeof value !== "object") {
    return value;
  }
  if (value instanceof Date) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map((one) => encode(one, depth));
  }
  if (value instanceof Map) {
    return Object.fromEntries([...value].map(([key, one]) => [key, encode(one, depth)]));
  }
  const name = classOf(value);
  if (name === undefined) {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, encode(one, depth + 1)]));
  }
  const encoded = { $ref: refOf(value, name), $class: name };
  if (depth === 0) {
    for (const property of known[name].properties) {
      encoded[property] = encode(valueOf(value, property), property === "items" ? 0 : 1);
    }
  }
  return encoded;
}

function decode(value) {
  if (Array.isArray(value)) {
    return value.map(decode);
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if ("$ref" in value) {
    return objects[value.$ref];
  }
  if ("$file" in value) {
    const { filename, contentType, base64 } = value.$file;
    return { filename, contentType, media: Buffer.from(base64, "base64") };
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, decode(one)]));
}

function failure(error) {
  const { name, message, status, code, body, description, reply } = error ?? {};
  return { name, message: message ?? String(error), status, code, body, description, reply, class: error?.constructor?.name };
}

function listen(object, events) {
  for (const event of events) {
    object.on(event, (...args) => {
      const encoded = args.map((arg) => {
        const plain = typeof arg === "object" && arg !== null && classOf(arg) === undefined;
        return plain
          ? Object.fromEntries(Object.entries(arg).map(([key, one]) => [key, encode(one)]))
          : encode(arg);
      });
      say({ event, ref: refs.get(object), args: encoded });
    });
  }
}

const actions = {
  new: ({ class: name, args }) => {
    const object = new sdk[name](...args.map(decode));
    refOf(object, name);
    return object;
  },
  static: ({ class: name, name: member, args }) => {
    const found = sdk[name][member];
    return typeof found === "function" ? found.apply(sdk[name], args.map(decode)) : found;
  },
  call: ({ ref, name, args }) => objects[ref][name](...args.map(decode)),
  // What on, once and their siblings get is a function, which cannot travel: they say the event under another name.
  hear: ({ ref, name, event, as }) => {
    const object = objects[ref];
    const heard = (...args) => say({ event: as, ref, args: args.map((arg) => encode(arg)) });
    object[name](event, heard);
    object[Symbol.for(as)] = heard;
  },
  unhear: ({ ref, name, event, as }) => {
    objects[ref][name](event, objects[ref][Symbol.for(as)]);
  },
  read: ({ ref }) => objects[ref],
  members: () => known,
};

async function obey(line) {
  const command = JSON.parse(line);
  try {
    const result = actions[command.do](command);
    say({ id: command.id, value: encode(await result) });
  } catch (error) {
    say({ id: command.id, error: failure(error) });
  }
}

process.on("unhandledRejection", (error) => say({ event: "$unhandledRejection", args: [failure(error)] }));
process.on("uncaughtException", (error) => say({ event: "$uncaughtException", args: [failure(error)] }));

const lines = readline.createInterface({ input: process.stdin });
lines.on("line", obey);
// The client's timers would keep the process alive.
lines.on("close", () => process.exit(0));
