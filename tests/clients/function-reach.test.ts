import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { settingsOf } from "../../lambda/settings.ts";
import { aFolder } from "../support/a-command.ts";
import { aSiteFile } from "../support/a-newsroom.ts";

afterEach(() => void vi.unstubAllEnvs());

async function settingsWith(line: string, env: Readonly<Record<string, string>>) {
  await using folder = await aFolder();
  const content = join(folder.path, "content");
  await mkdir(content);
  await writeFile(join(content, "site.yaml"), `${aSiteFile}${line}\n`);
  vi.unstubAllEnvs();
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  return await settingsOf({ content, to: join(folder.path, "site") }, () => new Date());
}

const inFunction = { AWS_LAMBDA_FUNCTION_NAME: "wireroom" };

test.each([
  "hub: https://169.254.169.254/",
  "hub: https://10.0.0.7/",
  "hub: http://localhost:8080/",
  "moved: { /old/: http://192.168.1.1/ }",
])("the function refuses a site.yaml with %s", async (line) => {
  await expect(settingsWith(line, inFunction)).rejects.toMatchObject({
    kind: "usage",
    message: expect.stringContaining("in a private network") as string,
  });
});

test("the function takes hubs outside, and the command on this machine also those that are there", async () => {
  expect((await settingsWith("hub: https://hub.example/", inFunction)).cloud.reach).toBe("outside");
  expect((await settingsWith("hub: http://localhost:8080/", {})).cloud.reach).toBe("anywhere");
  const local = { ...inFunction, AWS_ENDPOINT_URL_S3: "http://127.0.0.1:7480" };
  expect((await settingsWith("hub: http://127.0.0.1:8080/", local)).cloud.reach).toBe("outside or here");
});
