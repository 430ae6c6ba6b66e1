import { Fault } from "../fault.ts";

/** The commands that an operator may send to the function. An event without a command triggers a publish run. */
export type Command =
  | { readonly command: "publish" }
  | { readonly command: "plan" }
  | { readonly command: "announce" }
  | { readonly command: "allow"; readonly names: readonly string[] }
  | { readonly command: "rollback"; readonly names: readonly string[] }
  | { readonly command: "cancel"; readonly id: string; readonly reason?: string }
  | { readonly command: "partner revoke"; readonly name: string };

type Event = {
  readonly command?: unknown;
  readonly names?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly reason?: unknown;
  readonly erase?: unknown;
};

const known = [
  '{"command":"publish"}',
  '{"command":"plan"}',
  '{"command":"announce"}',
  '{"command":"allow","names":["world@1f3c9a2b"]}',
  '{"command":"cancel","id":"…","reason":"…"}',
  '{"command":"rollback","names":["world"]}',
  '{"command":"partner revoke","name":"…"}',
];

/** @throws Fault (usage) if the command is unknown; the message lists the known commands. */
export function commandOf(event: unknown): Command {
  const asked = (typeof event === "object" && event !== null ? event : {}) as Event;
  const { command = "publish", id, name, reason } = asked;
  const names = Array.isArray(asked.names) ? asked.names.filter((name) => typeof name === "string") : [];
  const whole = asked.names === undefined || (Array.isArray(asked.names) && names.length === asked.names.length);
  if (command === "publish" || command === "plan" || command === "announce") return { command };
  if (command === "allow" && names.length > 0) return { command, names };
  if (command === "rollback" && whole) return { command, names };
  if (
    command === "cancel" &&
    asked.erase === undefined &&
    typeof id === "string" &&
    id !== "" &&
    (reason === undefined || typeof reason === "string")
  )
    return { command, id, ...(reason === undefined ? {} : { reason }) };
  if (command === "partner revoke" && typeof name === "string" && name !== "") return { command, name };
  if (command === "partner add" || command === "partner rotate") {
    const message = `The function makes no keys: they would stand in its answer, which others may read. Run wireroom ${command} on a machine of yours. Nothing was done.`;
    throw new Fault(message, { kind: "usage" });
  }
  if (command === "cancel" && asked.erase !== undefined) {
    const message = "The function is not allowed to erase. Run wireroom cancel … --erase on a machine that is. Nothing was done.";
    throw new Fault(message, { kind: "usage" });
  }
  throw new Fault(`The function does not know this command: ${JSON.stringify(event)}. Send one of ${known.join(", ")}. Nothing was done.`, {
    kind: "usage",
  });
}
