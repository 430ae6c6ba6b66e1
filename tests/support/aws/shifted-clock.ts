// Loaded before a program (`node --import`): sets its clock ahead by the milliseconds in WIREROOM_TEST_AHEAD, so that a test need not wait
// for a lease to expire.
const ahead = Number(process.env["WIREROOM_TEST_AHEAD"] ?? 0);
const now = Date.now;
const Plain = Date;

globalThis.Date = new Proxy(Plain, {
  construct: (_, given: unknown[], kind) => Reflect.construct(Plain, given.length === 0 ? [now() + ahead] : given, kind) as Date,
  get: (target, name) => (name === "now" ? () => now() + ahead : Reflect.get(target, name)),
});
