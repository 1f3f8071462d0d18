/// The value of an option, parsed from text. Its error says what is wrong, and the parser puts the option's name before it.
protocol OptionForm: Sendable {
    init(parsing text: String) throws(OptionFormError)
}

/// What is wrong with the text of an option, and how to write it.
enum OptionFormError: Error, Sendable, Hashable, CustomStringConvertible {
    case destination(formats: [String])
    case ruleChange(levels: [String])
    case unknownRule(String)
    case pair
    case port(String)
    case user(String)
    case imageName(String)
    case programName(String)
    case folderFromRoot
    case signal
    case uncaughtSignal
    case waitingTime(String)
    case number(String, upTo: Int)
    case memory(String)
    case share(String)
    case age(String)
    case size(String)
    case probe(String)
    case shard(String)
    case platform(String)
    case emptyPlatform
    case added(String)
    case imageDestination(String)
    case writable(String)

    var description: String {
        switch self {
        case .destination(let formats): "write format=file, where format is one of \(formats.joined(separator: ", "))"
        case .ruleChange(let levels):
            "write name=level or name=level:reason, where level is one of \(levels.joined(separator: ", "))"
        case .pair: "write name=value"
        case .port(let text): "'\(text)' is not a port: write 8080 or 53/udp"
        case .user(let text):
            "'\(text)' is not a user: write a number from 1 to 2147483646, or two with a colon, such as 65532:65532 (clusters cannot "
                + "look up names, and an image should not run as root)"
        case .imageName(let text): "'\(text)' is not an image name: write registry.example.com/app:1.0, in lower case"
        case .waitingTime(let text): "'\(text)' is not a time: write 500ms, 10s or 2m, at most 10m"
        case .programName(let text):
            "'\(text)' is not the name of a program: write the name of its file; in the image it lies at /name"
        case .size(let text):
            "'\(text)' is not a size: write 20MB (powers of ten), 20MiB (powers of two) or a number of bytes"
        case .number(let text, let most):
            "'\(text)' is not a \(most == .max ? "whole number above 0" : "number from 1 to \(most)")"
        case .memory(let text):
            "'\(text)' is not an amount of memory: write 4GiB, 512MiB or a number of bytes, at least 1MiB"
        case .share(let text): "'\(text)' is not a percentage: write 5%"
        case .age(let text): "'\(text)' is not a length of time: write 90m, 12h or 30d"
        case .folderFromRoot: "write an absolute path"
        case .uncaughtSignal:
            "no program can catch SIGKILL and SIGSTOP: write a signal that asks it to end, such as SIGTERM"
        case .signal: "write the name of a signal of Linux such as SIGINT, or its number from 1 to 64"
        case .emptyPlatform:
            "a platform is missing beside a comma: write linux/amd64,linux/arm64 without blanks, or in quotes"
        case .probe(let reason), .unknownRule(let reason), .shard(let reason), .platform(let reason),
            .added(let reason), .imageDestination(let reason), .writable(let reason):
            reason
        }
    }
}
