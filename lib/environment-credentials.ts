import { fromEnv } from "@aws-sdk/credential-provider-env";

/**
 * Stands in the bundle for the SDK's own chain of credential providers. Lambda gives the function its credentials in the environment and nowhere else; of
 * that chain the rest would only be able to start programs, sign somebody in, and read files of a home that there is not.
 */
export function defaultProvider(): ReturnType<typeof fromEnv> {
  return fromEnv();
}
