// The spec work by sharp, with the settings of ours: node sharp_peer.mjs FOLDER-OF-SHARP PICTURE ROUNDS
// Prints {cpu_ms: [...], peak_mib, size_bytes, versions}.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const [folder, picture, rounds] = process.argv.slice(2);
const sharp = createRequire(`${folder}/`)("sharp");
sharp.concurrency(1);
sharp.cache(false);
const source = readFileSync(picture);

const adapt = () =>
  sharp(source, { limitInputPixels: 50_000_000, failOn: "error" })
    .autoOrient()
    .resize(1000, 1000, { fit: "contain", background: "white", withoutEnlargement: true })
    .flatten({ background: "white" })
    .toColourspace("srgb")
    .jpeg({ quality: 89, optimiseCoding: true, chromaSubsampling: "4:2:0" })
    .toBuffer();

let out = await adapt();
const cpuMs = [];
for (let round = 0; round < Number(rounds); round++) {
  const before = process.cpuUsage();
  out = await adapt();
  const { user, system } = process.cpuUsage(before);
  cpuMs.push((user + system) / 1000);
}
const peakKib = Number(/VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1]);
console.log(JSON.stringify({ cpu_ms: cpuMs, peak_mib: peakKib / 1024, size_bytes: out.length, version: sharp.versions.sharp, vips: sharp.versions.vips }));
