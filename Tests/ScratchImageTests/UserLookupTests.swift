import Testing
import Verification

@testable import ScratchImage

/// The user of an image is looked up as https://github.com/moby/sys/blob/main/user/user.go does it.
@Suite struct UserLookupTests {
    private static let passwd = """
        # comment
        root:x:0:0:root:/root:/bin/sh
        app:x:1000:1001:App:/:/sbin/nologin
          spaced:x:1002:1002::/:
        toor:x:0:0::/:
        short:x
        huge:x:4294967295:1:::
        letters:x:abc:1:::
        app:x:2000:2000:a second line:/:

        """
    private static let group = "root:x:0:\nstaff:x:50:app\n"

    private static let root = Result {
        try Layers.root([[.file("etc/passwd", passwd), .file("etc/group", group)]])
    }

    private func lookup(_ text: String) throws -> UserLookup {
        UserLookup(root: try UserLookupTests.root.get(), text: text)
    }

    @Test(
        arguments: [
            ("", .root("")), ("0", .root("0")), ("root", .root("root")), ("0:0", .root("0:0")), ("00", .root("00")),
            ("root:staff", .root("root:staff")), (":50", .root(":50")), ("toor", .root("toor")),
            ("1000", .number(1000)), ("65532:65532", .number(65532)), ("1000:staff", .number(1000)),
            ("2147483647", .number(2_147_483_647)),
            // The first line of a name counts; blanks around a line do not.
            ("app", .name("app", 1000)), ("app:staff", .name("app", 1000)), ("spaced", .name("spaced", 1002)),
            // Names that /etc/passwd does not have, or gives no number that runtimes accept.
            ("nobody", .name("nobody", nil)), ("short", .name("short", nil)), ("huge", .name("huge", nil)),
            ("letters", .name("letters", nil)), ("2147483648", .name("2147483648", nil)), ("-1", .name("-1", nil)),
            // With an unknown group nothing starts.
            ("1000:nogroup", .name("1000:nogroup", nil)), ("app:nogroup", .name("app:nogroup", nil)),
        ] as [(String, Surroundings.User)])
    func aUserIsReadAsRuntimesReadIt(_ text: String, _ user: Surroundings.User) throws {
        #expect(try lookup(text).user == user)
    }

    @Test(
        arguments: [
            ("1000:50", 1000, 50), ("1000:staff", 1000, 50), ("app", 1000, 1001), ("1000", 1000, 1001),
            ("1000:", 1000, 1001),
            ("4711", 4711, 0), ("app:nogroup", 1000, nil),
        ] as [(String, UInt32, UInt32?)])
    func theGroupIsTheNamedOneOrThatOfTheUser(_ text: String, _ user: UInt32, _ group: UInt32?) throws {
        #expect(try lookup(text).group(of: user) == group)
    }

    @Test func withoutFilesOnlyNumbersAreKnown() {
        let root = ImageRoot()
        #expect(UserLookup(root: root, text: "1000").user == .number(1000))
        #expect(UserLookup(root: root, text: "app").user == .name("app", nil))
    }
}
