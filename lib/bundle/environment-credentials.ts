import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Replaces the SDK's chain of credential providers in the bundle. Lambda puts the function's credentials into the environment and
 * nowhere else; the rest of the chain could only start programs, sign somebody in, and read files of a home folder that does not
 * exist.
 */
export function defaultProvider(): ReturnType<typeof fromEnv> {
  return fromEnv();
}
