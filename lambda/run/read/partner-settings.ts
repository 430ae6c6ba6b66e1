import type { Site } from "../../channels/site/site.ts";
import { plainly, readYaml } from "../../channels/site/yaml-file.ts";
import { Fault } from "../../fault.ts";

/**
 * Checks what the schema of site.yaml leaves to the profiles: their settings, and whether they take what a partner is to get. `name` is the
 * file's name in messages. Profiles are loaded only where there are partners.
 * @throws Fault (usage) that lists every mistake with its line.
 */
export async function checkPartners(site: Site, text: string, name: string): Promise<void> {
  if (site.partners.length === 0) return;
  const [{ profileOf }, { mistakesIn }] = await Promise.all([
    import("../../partners/profiles/profiles.ts"),
    import("../../partners/profiles/terms.ts"),
  ]);
  const found = site.partners.flatMap((rule, index) =>
    mistakesIn(rule, profileOf(rule.profile)).map((mistake) => ({ ...mistake, path: ["partners", index, ...mistake.key.split(".")] })),
  );
  if (found.length === 0) return;
  const { lineOf } = readYaml(text, name);
  const lines = found.map(({ path, message }) => `${name}:${lineOf(path)}  "${plainly(path.join("."))}": ${message}`);
  throw new Fault(lines.join("\n"), { kind: "usage" });
}
