import Foundation
import Testing

@testable import Licensing

/// Licences by their texts: those that Debian installs, and short ones as projects publish them.
@Suite struct LicenseMatchTests {
    private static let folder = "/usr/share/common-licenses/"
    private static let mit = """
        The MIT License (MIT)

        Copyright (c) 2014-2020 Jane Doe
        Copyright © The Example Authors

        Permission is hereby granted, free of charge, to any person obtaining a copy
        of this software and associated documentation files (the "Software"), to deal
        in the Software without restriction, including without limitation the rights
        to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
        copies of the Software, and to permit persons to whom the Software is
        furnished to do so, subject to the following conditions:

        The above copyright notice and this permission notice shall be included in all
        copies or substantial portions of the Software.

        THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
        OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
        SOFTWARE.

        """

    /// The name of the file is the licence, as Debian's package base-files has it.
    @Test(arguments: [
        ("Apache-2.0", "Apache-2.0"), ("GPL-1", "GPL-1.0-only"), ("GPL-2", "GPL-2.0-only"), ("GPL-3", "GPL-3.0-only"),
        ("LGPL-2", "LGPL-2.0-only"), ("LGPL-2.1", "LGPL-2.1-only"), ("LGPL-3", "LGPL-3.0-only"),
        ("MPL-2.0", "MPL-2.0"), ("CC0-1.0", "CC0-1.0"), ("BSD", "BSD-3-Clause"),
    ]) func theTextsOfDebianAreWhatTheyAreCalled(file: String, identifier: String) throws {
        let match = LicenseMatch(try String(contentsOfFile: Self.folder + file, encoding: .utf8))
        #expect(match.identifiers == [identifier], "\(match.confidence)")
        #expect(match.confidence >= 0.85)
    }

    @Test(arguments: ["Artistic", "GFDL-1.3"]) func aTextThatIsNotKnownIsNotGuessed(file: String) throws {
        let match = LicenseMatch(try String(contentsOfFile: Self.folder + file, encoding: .utf8))
        #expect(match.identifiers.isEmpty)
    }

    @Test func titleAndCopyrightDoNotMatter() {
        let match = LicenseMatch(Self.mit)
        #expect(match.identifiers == ["MIT"] && match.confidence > 0.95)
        #expect(match.copyrights == ["Copyright (c) 2014-2020 Jane Doe", "Copyright © The Example Authors"])
        #expect(match.line == 6)
    }

    @Test(arguments: ["// ", " * ", "# ", "> "]) func commentSignsDoNotMatter(sign: String) {
        let text = Self.mit.split(separator: "\n", omittingEmptySubsequences: false).map { sign + $0 }
        let match = LicenseMatch(text.joined(separator: "\r\n"))
        #expect(match.identifiers == ["MIT"] && match.copyrights.first == "Copyright (c) 2014-2020 Jane Doe")
    }

    /// A condition more makes another licence: the first is the JSON licence, the last forbids to sell.
    @Test(arguments: [
        "The Software shall be used for Good, not Evil.",
        "\"Commons Clause\" License Condition v1.0. The Software is provided to you by the Licensor under the License.",
        """
        The Software may not be used by companies with more than one hundred employees, by governments, by the military of any country,
        or for any commercial purpose whatsoever without the written consent of the authors, which they can withdraw at any time and for
        any reason, without notice and without giving a reason for it to anybody who asks for one.
        """,
    ]) func aChangedLicenceIsNotThatLicence(condition: String) {
        let text = Self.mit.replacing("THE SOFTWARE IS", with: "\(condition)\n\nTHE SOFTWARE IS")
        #expect(LicenseMatch(text).identifiers.isEmpty)
    }

    @Test func severalLicencesInOneFileAreAllNamed() throws {
        let apache = try String(contentsOfFile: Self.folder + "Apache-2.0", encoding: .utf8)
        #expect(LicenseMatch(Self.mit + "\n" + apache).identifiers == ["MIT", "Apache-2.0"])
        #expect(LicenseMatch(apache + "\n" + Self.mit).identifiers == ["Apache-2.0", "MIT"])
    }

    /// LGPL-3.0 is written as additions to GPL-3.0, whose text stands beside it.
    @Test func theGPLBesideTheLGPLIsNoSecondLicence() throws {
        let texts = try ["LGPL-3", "GPL-3"].map { try String(contentsOfFile: Self.folder + $0, encoding: .utf8) }
        #expect(LicenseMatch(texts.joined(separator: "\n")).identifiers == ["LGPL-3.0-only"])
    }

    @Test(arguments: [
        "", "\n\n", "All rights reserved.", "Copyright 2026 Example Corp. Confidential.", "MIT",
        "See LICENSE in the parent folder.",
    ]) func otherTextIsNoLicence(text: String) { #expect(LicenseMatch(text).identifiers.isEmpty) }

    /// The gaps for a name, sentences about copyright, and the copyright of a licence's own text are not statements.
    @Test(arguments: [
        "Copyright [yyyy] [name of copyright owner]", "Copyright (C) <year>  <name of author>",
        "copyright notice that is included in the work", "The above copyright notice shall be included",
        "copyrighted 2020",
        "Copyright (C) 2007 Free Software Foundation, Inc. <https://fsf.org/>\n Everyone is permitted to copy and distribute verbatim",
    ]) func otherLinesStateNoCopyright(text: String) { #expect(Copyrights.of(text).isEmpty) }

    @Test(arguments: [
        ("GPL-3.0", "GPL-3.0-only", true), ("GPL-3.0-or-later", "GPL-3.0-only", true),
        ("gpl-3.0+", "GPL-3.0-only", true),
        ("GPL-3.0", "AGPL-3.0-only", false), ("GPL-3.0", "GPL-2.0-only", false), ("mit", "MIT", true),
    ]) func aNameCoversWhatHasItsText(name: String, identifier: String, covers: Bool) throws {
        #expect(try #require(LicenseName(name)).covers(identifier) == covers)
    }

    @Test(arguments: ["", "GPL3", "LicenseRef-x", "MIT OR Apache-2.0"]) func otherWordsAreNoNames(word: String) {
        #expect(LicenseName(word) == nil)
    }

    /// Texts that could make a comparison slow: each must be read in a moment.
    @Test(
        arguments: [
            "permission is hereby granted free of charge ", "redistribution and use in source ",
            "terms and conditions for use reproduction ",
            "Copyright (c) 2020 A\n", "a ", "©", "\n",
        ]) func hostileTextsTakeNoTime(piece: String)
    {
        let text = String(repeating: piece, count: (LicenseMatch.maximumSize - 1) / piece.utf8.count)
        #expect(LicenseMatch(text).identifiers.isEmpty)
        #expect(LicenseMatch(text + text).identifiers.isEmpty)
    }
}
