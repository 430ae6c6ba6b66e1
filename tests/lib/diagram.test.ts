import { join } from "node:path";
import { expect, it } from "vitest";
import { diagram } from "./diagram.ts";
import { root, templateOf } from "./synthesis.ts";

const picture = diagram(templateOf().toJSON() as Parameters<typeof diagram>[0]);

// If the stack has changed, `npm test -- -u` draws it again.
it("docs/stack.md shows the stack as it is", async () => {
  const page = `# The stack\n\nA test draws this picture from the stack's template. [Operations](operations.md#what-the-stack-contains) says what each part does.\n\n\`\`\`mermaid\n${picture}\`\`\`\n`;
  await expect(page).toMatchFileSnapshot(join(root, "docs", "stack.md"));
});

it.each([
  ["NoticesRule --> NoticesQueue", "notices go into the queue"],
  ["NoticesQueue --> BuilderFunction", "the queue calls the function"],
  ["NoticesQueue --> DeadLetters", "what is given up is a dead letter"],
  ["BuilderSchedule --> BuilderFunction", "the schedule calls the function"],
  ["BuilderFunction --> ContentBucket", "the function reads content"],
  ["BuilderFunction --> DeliveryEdgeTable", "the function keeps the edge table"],
  ["DeliveryDistribution --> FeedsBucket", "CloudFront reads feeds"],
  ["DeliveryDistribution --> DeliveryEdge", "CloudFront asks the edge function"],
  ["DeliveryEdge --> DeliveryEdgeTable", "the edge function reads its table"],
])("%s: %s", (arrow) => expect(picture.split("\n")).toContain(`  ${arrow}`));

it("no arrow leads from CloudFront to content or state", () => {
  expect(picture).not.toMatch(/Delivery\w+ --> (Content|State)Bucket/);
});
