import type { ProfileName } from "../../channels/site/partner-rule.ts";
import { generic } from "./generic.ts";
import type { Profile } from "./profile.ts";

const profiles: Readonly<Partial<Record<ProfileName, Profile>>> = { generic };

/** The profile of a name. One that is not described yet is as generic as can be. */
export const profileOf = (name: ProfileName): Profile => profiles[name] ?? { ...generic, name };
