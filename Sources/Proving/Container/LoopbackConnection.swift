internal import CLinux
internal import Glibc
import SystemPackage

/// Questions to a server on 127.0.0.1, by the process's own sockets: the container's network has nothing else.
enum LoopbackConnection {
    /// Why a server did not answer.
    enum Failure: Error, CustomStringConvertible {
        case refused(Errno)
        case status(String)
        case notHTTP

        var description: String {
            switch self {
            case .refused(let code): "\(code)".lowercased()
            case .status(let line): "it answered \(line)"
            case .notHTTP: "it answered, but not in HTTP"
            }
        }
    }

    /// Connects to a port.
    static func open(_ port: UInt16) throws(Failure) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw .refused(Errno(rawValue: errno)) }
        return descriptor
    }

    /// Asks for a path (RFC 9112). A status from 200 to 399 is an answer.
    static func get(_ path: String, _ port: UInt16) throws(Failure) {
        let descriptor = try open(port)
        defer { close(descriptor) }
        let request = Array("GET \(path) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n".utf8)
        let sent = unsafe request.withUnsafeBytes { unsafe send(descriptor, $0.baseAddress, $0.count, 0) }
        guard sent == request.count else { throw .refused(Errno(rawValue: errno)) }
        var head: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1024)
        while head.count < 1024, !head.contains(0x0a) {
            let count = unsafe piece.withUnsafeMutableBytes { unsafe recv(descriptor, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { break }
            head += piece[..<count]
        }
        let words = String(decoding: head.prefix { $0 != 0x0d && $0 != 0x0a }, as: UTF8.self).split(separator: " ")
        guard words.count > 1, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]) else { throw .notHTTP }
        guard (200..<400).contains(status) else { throw .status(words.dropFirst().joined(separator: " ")) }
    }
}
