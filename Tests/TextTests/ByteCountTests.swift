import Testing
import Text

/// Sizes are written in powers of ten, and read in both kinds of powers (IEC 80000-13).
@Suite struct ByteCountTests {
    @Test(arguments: [
        ("1", 1), ("20MB", 20_000_000), ("20 MB", 20_000_000), ("20mb", 20_000_000), ("1kB", 1000),
        ("1.5GB", 1_500_000_000),
        ("1KiB", 1024), ("64MiB", 67_108_864), ("2G", 2_147_483_648), ("512k", 524_288), ("7B", 7),
        ("1TiB", 1_099_511_627_776),
    ]) func sizesAreRead(_ text: String, _ bytes: Int) { #expect(ByteCount.parse(text) == bytes) }

    @Test(arguments: ["", "MB", "0", "0.1", "-1MB", "1e400", "nan", "inf", "20XB", "MB20", "20 M B", "999999TiB"])
    func othersAreNot(_ text: String) { #expect(ByteCount.parse(text) == nil) }

    @Test(arguments: [(0, "0 B"), (999, "999 B"), (1000, "1.0 kB"), (999_949, "999.9 kB"), (999_950, "1.0 MB")])
    func sizesAreWritten(_ bytes: Int, _ text: String) { #expect(ByteCount.text(bytes) == text) }
}
