import { expect, test } from "vitest";
import { aFeed } from "../../support/a-feed.ts";
import { jsonFeedValidator, schemasAbsent } from "../../support/readers/json-feed-schema.ts";
import { GOLDEN } from "../golden-feeds.ts";
import { rendered } from "../rendered.ts";

const documents = { ...GOLDEN, empty: aFeed({ entries: [] }) };

test.skipIf(schemasAbsent).each(Object.entries(documents))(
  `JSON Feed of the %s feed is valid by the published schema${schemasAbsent ? " (skipped: ../shared/schemas is not here)" : ""}`,
  (_, document) => {
    const validate = jsonFeedValidator();
    validate(rendered(document).read);
    expect(validate.errors).toBeNull();
  },
);
