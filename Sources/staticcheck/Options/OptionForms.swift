import ArgumentParser
import Configuration
import GoBinary
import GoToolchain
import Proving
import ScratchImage
import SystemPackage
import Text
import Verification
import Workflows

extension Destination: OptionForm where Format: CaseIterable & RawRepresentable<String> {
    init(parsing text: String) throws(OptionFormError) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let format = Format(rawValue: parts[0]) else {
            throw .destination(formats: Format.allCases.map(\.rawValue))
        }
        self.init(format: format, path: FilePath(parts[1]))
    }
}

extension Policy.Change: OptionForm {
    /// Reads `name=level` or `name=level:reason`; the level may be `off`.
    init(parsing text: String) throws(OptionFormError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let rest = parts.count == 2 ? parts[1].split(separator: ":", maxSplits: 1) : []
        let level = rest.first.flatMap { Level(rawValue: String($0)) }
        guard let word = rest.first, level != nil || word == "off" else {
            throw .ruleChange(levels: Level.allCases.map(\.rawValue) + ["off"])
        }
        let rule = String(parts[0])
        do { try Policy.check(rule: rule) } catch { throw .unknownRule("\(error)") }
        self.init(rule: rule, level: level, reason: rest.count == 2 ? String(rest[1]) : nil)
    }
}

/// `name=value`.
struct NamedValue: OptionForm, Hashable {
    let name: String
    let value: String

    init(parsing text: String) throws(OptionFormError) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, !parts[0].isEmpty else { throw .pair }
        (name, value) = (parts[0], parts[1])
    }
}

extension Port: OptionForm {
    init(parsing text: String) throws(OptionFormError) {
        guard let port = Port(text) else { throw .port(text) }
        self = port
    }
}

extension UserNumbers: OptionForm {
    init(parsing text: String) throws(OptionFormError) {
        guard let numbers = UserNumbers(text) else { throw .user(text) }
        self = numbers
    }
}

extension ImageReference: OptionForm {
    init(parsing text: String) throws(OptionFormError) {
        guard let reference = ImageReference(text) else { throw .imageName(text) }
        self = reference
    }
}

extension PinnedReference: OptionForm {
    init(parsing text: String) throws(OptionFormError) {
        guard let reference = PinnedReference(text) else { throw .imageName(text) }
        self = reference
    }
}

/// A probe of a running container.
struct ProbeWord: OptionForm, Hashable {
    let probe: Probe

    init(parsing text: String) throws(OptionFormError) {
        do { probe = try Probe(parsing: text) } catch { throw .probe("\(error)") }
    }
}

/// A time to wait: `500ms`, `10s`, `2m`.
struct WaitingTime: OptionForm, Hashable {
    let seconds: Double

    init(parsing text: String) throws(OptionFormError) {
        let units = [("ms", 0.001), ("s", 1.0), ("m", 60.0)]
        guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
            let number = Double(text.dropLast(unit.count)), number > 0, number * factor <= 600
        else { throw .waitingTime(text) }
        seconds = number * factor
    }
}

extension ImageDestination: OptionForm {
    init(parsing text: String) throws(OptionFormError) {
        do { try self.init(text) } catch { throw .imageDestination("\(error)") }
    }
}

extension AddedFiles: OptionForm {
    init(parsing text: String) throws(OptionFormError) {
        do { try self.init(text) } catch { throw .added("\(error)") }
    }
}

extension WritableFolder: OptionForm {
    init(parsing text: String) throws(OptionFormError) {
        do { try self.init(text) } catch { throw .writable("\(error)") }
    }
}

/// The file name of a program, or its path in an image, directly below the root.
struct ProgramName: OptionForm, Hashable {
    let text: String

    init(parsing text: String) throws(OptionFormError) {
        let name = text.utf8.first == UInt8(ascii: "/") ? String(text.dropFirst()) : text
        guard !name.isEmpty, !name.contains("/") else { throw .programName(text) }
        self.text = name
    }
}

/// The most that something may be, in bytes: `20MB`, `64MiB`.
struct SizeLimit: OptionForm, Hashable {
    let bytes: Int

    init(parsing text: String) throws(OptionFormError) {
        guard let bytes = ByteCount.parse(text) else { throw .size(text) }
        self.bytes = bytes
    }
}

/// A folder in an image, as an absolute path.
struct ImageFolder: OptionForm, Hashable {
    let path: String

    init(parsing text: String) throws(OptionFormError) {
        guard text.utf8.first == UInt8(ascii: "/") else { throw .folderFromRoot }
        path = text
    }
}

/// A signal, by name or number.
struct SignalName: OptionForm, Hashable {
    let text: String

    init(parsing text: String) throws(OptionFormError) {
        guard !text.isEmpty, let number = StopSignal.number(of: text) else { throw .signal }
        // No program can catch these, so none could shut down cleanly.
        guard number != StopSignal.number(of: "KILL"), number != StopSignal.number(of: "STOP") else {
            throw .uncaughtSignal
        }
        self.text = text
    }
}

extension ShardChoice: OptionForm {
    /// Reads `auto` or `k/n`.
    init(parsing text: String) throws(OptionFormError) {
        if text == "auto" { self = .automatic; return }
        do { self = .one(try Shard(parsing: text)) } catch { throw .shard("\(error)") }
    }
}

/// `linux/amd64,linux/arm/v7`, or `all`.
struct PlatformList: OptionForm, Hashable {
    let words: [BuildSettings.PlatformWord]

    init(parsing text: String) throws(OptionFormError) {
        var words: [BuildSettings.PlatformWord] = []
        for word in try PlatformList.split(text) {
            do { words.append(try .init(parsing: String(word))) } catch { throw .platform("\(error)") }
        }
        self.words = words
    }

    /// The words between commas.
    ///
    /// - Throws: If there is nothing between two commas or after the last: the shell has cut the list at a blank.
    static func split(_ text: String) throws(OptionFormError) -> [Substring] {
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        guard words.count == 1 || words.allSatisfy({ $0.contains { !$0.isWhitespace } }) else { throw .emptyPlatform }
        return words
    }
}

/// One or several platforms, with commas between; `all` is not one.
struct ExactPlatforms: OptionForm, Hashable {
    let platforms: [Platform]

    init(parsing text: String) throws(OptionFormError) {
        var platforms: [Platform] = []
        for word in try PlatformList.split(text) {
            platforms.append(try ExactPlatform(parsing: String(word)).platform)
        }
        self.platforms = platforms
    }
}

/// One platform that Go knows.
struct ExactPlatform: OptionForm, Hashable {
    let platform: Platform

    init(parsing text: String) throws(OptionFormError) {
        do { platform = try Platform(known: text) } catch { throw .platform("\(error)") }
    }
}
