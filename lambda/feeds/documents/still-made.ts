import type { Channel } from "../../channels/select/channel.ts";
import { isReleased, type Moves } from "../../channels/site/moves.ts";
import { files } from "../formats/formats.ts";

/** The channels without those listed as moved or retired: a whole feed's folder, or some of its formats. */
export function stillMade(channels: readonly Channel[], moves: Moves): readonly Channel[] {
  return channels.flatMap((channel) => {
    const formats = channel.formats.filter((format) => !isReleased(moves, `${channel.path}/${files[format].file}`));
    const alternates = channel.alternates.filter(({ path }) => !isReleased(moves, path));
    return formats.length === 0 ? [] : [{ ...channel, formats, alternates }];
  });
}
