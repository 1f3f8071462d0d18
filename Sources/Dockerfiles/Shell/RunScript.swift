extension Dockerfile.Instruction {
    /// The script of a RUN; nil if it is not for a POSIX shell.
    ///
    /// A here-document that is the whole command is the script. Others are read by the shell.
    func script(shell: String) -> ShellScript? {
        guard !isJSON else { return ShellScript(words: words.map(\.text)) }
        guard shell.isShell else { return nil }
        guard let document = documents.first, documents.count == 1, HereDocument(word: text) != nil else {
            let ends = documents.map { "\n" + $0.text + $0.name }.joined()
            return ShellScript(text + ends)
        }
        let first = document.text.prefix { $0 != "\n" }
        if first.hasPrefix("#!"),
            !["sh", "bash", "dash", "ash"].contains(where: { first.hasSuffix($0) || first.contains("\($0) ") })
        {
            return nil
        }
        return ShellScript(document.text)
    }

    /// The variables that the script of a RUN sets itself.
    package var assignedNames: Set<String> { keyword == "RUN" ? script(shell: "sh")?.assignedNames ?? [] : [] }
}
