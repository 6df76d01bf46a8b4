"use strict";
// The public members of the official client, read from its typings: what a caller may use, whatever the code has besides.

const fs = require("fs");
const path = require("path");
const ts = require("typescript");

function parse(packageName) {
  const file = path.join(path.dirname(require.resolve(packageName)), "lib.d.ts");
  return ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

function exportedNames(source) {
  const names = new Map();
  source.forEachChild((node) => {
    if (ts.isExportDeclaration(node) && node.exportClause) {
      for (const one of node.exportClause.elements) {
        names.set((one.propertyName ?? one.name).text, one.name.text);
      }
    }
  });
  return names;
}

function isHidden(member) {
  const hidden = ts.SyntaxKind.PrivateKeyword;
  return (
    member.name === undefined ||
    ts.isPrivateIdentifier(member.name) ||
    member.name.getText().startsWith("_") ||
    (ts.canHaveModifiers(member) && (ts.getModifiers(member) ?? []).some((one) => one.kind === hidden))
  );
}

function isStatic(member) {
  return (
    ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some((one) => one.kind === ts.SyntaxKind.StaticKeyword)
  );
}

function isMethod(member) {
  return ts.isMethodDeclaration(member) || ts.isMethodSignature(member);
}

/** Names of events are listed as events; the constants and fields that repeat them are not listed again. */
function isEventName(member, events) {
  const type = member.type;
  const initial = member.initializer;
  const literal = initial ?? (type && ts.isLiteralTypeNode(type) ? type.literal : undefined);
  return literal !== undefined && ts.isStringLiteral(literal) && events.includes(literal.text);
}

function eventsOf(source) {
  const events = new Map();
  source.forEachChild((node) => {
    if (ts.isTypeAliasDeclaration(node) && node.name.text.endsWith("Events") && ts.isTypeLiteralNode(node.type)) {
      events.set(
        node.name.text,
        node.type.members.map((member) => member.name.getText())
      );
    }
  });
  return events;
}

function eventsOfClass(node, events) {
  const heritage = (node.heritageClauses ?? []).flatMap((clause) => [...clause.types]);
  const argument = heritage.flatMap((type) => [...(type.typeArguments ?? [])])[0];
  return (argument && events.get(argument.getText())) ?? [];
}

function describe(node, events) {
  const described = { methods: [], statics: [], properties: [], events: eventsOfClass(node, events) };
  for (const member of node.members) {
    if (ts.isConstructorDeclaration(member) || isHidden(member) || isEventName(member, described.events)) {
      continue;
    }
    const kind = isStatic(member) ? "statics" : isMethod(member) ? "methods" : "properties";
    if (!described[kind].includes(member.name.getText())) {
      described[kind].push(member.name.getText());
    }
  }
  return described;
}

/** {class: {methods, statics, properties, events}} of everything exported that has members of its own. */
function members() {
  const source = parse("@twilio/conversations");
  const names = exportedNames(source);
  const events = eventsOf(source);
  const all = {};
  source.forEachChild((node) => {
    const isPaging = ts.isInterfaceDeclaration(node) && node.name.text === "Paginator";
    if ((ts.isClassDeclaration(node) || isPaging) && names.has(node.name.text)) {
      all[names.get(node.name.text)] = describe(node, events);
    }
  });
  parse("@twilio/replay-event-emitter").forEachChild((node) => {
    if (ts.isClassDeclaration(node)) {
      all[node.name.text] = describe(node, new Map());
    }
  });
  return all;
}

module.exports = { members };

if (require.main === module) {
  process.stdout.write(JSON.stringify(members(), null, 2) + "\n");
}
