/** Actions by commit, because a tag can be moved; the version is for people and for programs that propose newer ones. */
const actions = {
  checkout: "actions/checkout@93cb6efe18208431cddfb8368fd83d5badbf9bfd # v5.0.1",
  node: "actions/setup-node@a0853c24544627f65ddf259abe73b1d18a591444 # v5.0.0",
  upload: "actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0",
  download: "actions/download-artifact@018cc2cf5baa6db3ef3c5f8a56943fffe632ef53 # v6.0.0",
  credentials: "aws-actions/configure-aws-credentials@61815dcd50bd041e203e49132bacad1fd04d2708 # v5.1.1",
} as const;

/** `content`: the path of the articles from the top of the repository; `feed`: of one to examine, below the address of the feeds. */
export type Deployment = {
  readonly stack: string;
  readonly newsroom: string;
  readonly content: string;
  readonly feed?: string;
};

/**
 * The workflow of a newsroom on GitHub. What has packages has no identity, and what has an identity installs nothing: it gets what the first
 * job has made.
 */
export function workflowOf({ stack, newsroom, content, feed }: Deployment): string {
  const folder = inShell(content);
  return `# A pull request is checked. main is deployed, and its articles are put into the content bucket. GitHub proves to AWS who it is (OIDC):
# there is no key. Packages are installed where there is no identity. Set up once: docs/articles-from-git.md of Wireroom.
name: wireroom

on:
  pull_request:
  push:
    branches: [main]
  workflow_dispatch:

permissions: {}

# One run of main after the other: none that is under way is cut.
concurrency:
  group: wireroom-\${{ github.ref }}
  cancel-in-progress: \${{ github.event_name == 'pull_request' }}

jobs:
  check:
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: { contents: read }
    steps:
      - uses: ${actions.checkout}
        with: { persist-credentials: false }
      - uses: ${actions.node}
        with: { node-version: 24, cache: npm }
      - run: npm ci
      # On main a broken article stays out, and the others are published.
      - if: github.event_name == 'pull_request'
        run: npx wireroom check --content ${folder}
      - run: npx cdk synth --quiet
      - uses: ${actions.upload}
        with:
          name: synthesised
          include-hidden-files: true
          if-no-files-found: error
          path: |
            .wireroom/cdk.out
            node_modules/aws-cdk
            node_modules/wireroom

  deploy:
    if: github.ref == 'refs/heads/main' && github.event_name != 'pull_request'
    needs: check
    runs-on: ubuntu-24.04
    timeout-minutes: 45
    environment: production
    permissions: { id-token: write }
    outputs:
      content: \${{ steps.outputs.outputs.content }}
      feeds: \${{ steps.outputs.outputs.feeds }}
    steps:
      - uses: ${actions.node}
        with: { node-version: 24 }
      - uses: ${actions.download}
        with: { name: synthesised }
      - uses: ${actions.credentials}
        with:
          role-to-assume: \${{ vars.AWS_DEPLOY_ROLE }}
          aws-region: \${{ vars.AWS_REGION }}
      - run: node node_modules/aws-cdk/bin/cdk deploy --app .wireroom/cdk.out --require-approval never --outputs-file outputs.json
      - id: outputs
        run: |
          jq -r '.["${stack}"] | "content=\\(.${newsroom}ContentBucketName)", "feeds=\\(.${newsroom}FeedsUrl)"' outputs.json >>"$GITHUB_OUTPUT"

  articles:
    needs: deploy
    runs-on: ubuntu-24.04
    timeout-minutes: 30
    environment: production
    permissions: { contents: read, id-token: write }
    steps:
      - uses: ${actions.checkout}
        with: { persist-credentials: false, fetch-depth: 0 }
      - uses: ${actions.credentials}
        with:
          role-to-assume: \${{ vars.AWS_CONTENT_ROLE }}
          aws-region: \${{ vars.AWS_REGION }}
      # sync takes what is newer than in the bucket, and a checkout makes every file new. The bucket keeps the commit that it holds: what has
      # not changed since then is made old.
      - env: { BUCKET: "\${{ needs.deploy.outputs.content }}" }
        run: |
          last=$(aws s3 cp "s3://$BUCKET/.commit" - || true)
          if git cat-file -e "$last^{commit}"; then
            git ls-files -z -- ${folder} | xargs -0r touch -d @0
            git diff --name-only --no-renames --diff-filter=d -z "$last" HEAD -- ${folder} | xargs -0r touch
          fi
          aws s3 sync ${folder} "s3://$BUCKET" --delete --exclude ".*" --exclude "*/.*"${content === "." ? notOfNewsroom : ""}
          git rev-parse HEAD | aws s3 cp - "s3://$BUCKET/.commit"
${feed === undefined ? "" : examination(feed)}`;
}

/** What lies beside the articles in a folder that is both the newsroom's and npm's. */
const notOfNewsroom = ["node_modules/*", "package.json", "package-lock.json", "cdk.json", "app.mts", "*.tgz"]
  .map((pattern) => ` --exclude "${pattern}"`)
  .join("");

/** Readers must be served: within three minutes the feed answers, and has no problem. */
const examination = (feed: string): string => `
  # As readers ask. A new feed is there some seconds after the upload.
  readers:
    needs: [deploy, articles]
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions: {}
    steps:
      - uses: ${actions.node}
        with: { node-version: 24 }
      - uses: ${actions.download}
        with: { name: synthesised }
      - env: { FEEDS: "\${{ needs.deploy.outputs.feeds }}" }
        run: |
          for try in 1 2 3 4 5 6; do
            node node_modules/wireroom/dist/wireroom.js doctor "\${FEEDS}${feed}" && exit
            sleep 30
          done
          exit 1
`;

const inShell = (path: string): string => (/^[\w./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`);
