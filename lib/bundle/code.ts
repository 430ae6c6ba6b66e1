import { dirname } from "node:path";
import { AssetHashType, DockerImage } from "aws-cdk-lib";
import { Code } from "aws-cdk-lib/aws-lambda";
import { bundle, handlerEntry } from "./bundling.ts";

/** The bundle as the function's code, made by the same call as `npm run bundle`, and named by its content. */
export function bundledCode(): Code {
  return Code.fromAsset(dirname(handlerEntry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never used, because bundling here either works or throws; CDK requires an image for other cases.
      image: DockerImage.fromRegistry("scratch"),
      local: {
        tryBundle: (folder) => {
          bundle(folder);
          return true;
        },
      },
    },
  });
}
