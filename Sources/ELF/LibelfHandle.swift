internal import CLibelf

/// Owns a libelf handle for a file in memory or behind a descriptor, and closes it when the value ends.
///
/// The memory or the descriptor must outlive the handle. libelf takes a mutable pointer, but only its compression and update
/// functions write to the memory, and this type calls none of them.
@safe package struct LibelfHandle: ~Copyable {
    let elf: OpaquePointer

    init(_ memory: UnsafeRawBufferPointer) throws(ELFError) {
        try LibelfHandle.checkVersion()
        guard let base = memory.baseAddress else { throw ELFError(.notELF, at: 0) }
        try unsafe self.init(
            owning: elf_memory(
                UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: CChar.self)), memory.count))
    }

    /// Opens a handle that reads through a descriptor, and only what is asked for. Nothing is mapped.
    init(descriptor: Int32) throws(ELFError) {
        try LibelfHandle.checkVersion()
        try unsafe self.init(owning: elf_begin(descriptor, ELF_C_READ, nil))
    }

    private init(owning handle: OpaquePointer?) throws(ELFError) {
        guard let handle = unsafe handle else { throw LibelfHandle.failure(at: 0) }
        guard unsafe elf_kind(handle) == ELF_K_ELF else {
            _ = unsafe elf_end(handle)
            throw ELFError(.rejectedByLibelf(message: "not recognised as ELF"), at: 0)
        }
        unsafe elf = handle
    }

    deinit {
        _ = unsafe elf_end(elf)
    }

    private static func checkVersion() throws(ELFError) {
        guard elf_version(UInt32(EV_CURRENT)) != UInt32(EV_NONE) else {
            throw ELFError(.libelfTooOld, at: 0)
        }
    }

    /// The error of the last failing libelf call of this thread. It must be read before the next call.
    private static func failure(at offset: Int) -> ELFError {
        let text = unsafe elf_errmsg(-1).map { unsafe String(cString: $0) }
        return ELFError(.rejectedByLibelf(message: text ?? "unknown error"), at: offset)
    }

    /// The program headers. Their number must be `e_phnum`, because libelf reduces it to what fits without an error.
    func segments(expecting header: ELFHeader) throws(ELFError) -> [Segment] {
        var count = 0
        let tableOffset = Int(clamping: header.programHeaderOffset)
        guard unsafe elf_getphdrnum(elf, &count) == 0 else { throw LibelfHandle.failure(at: tableOffset) }
        guard count == Int(header.programHeaderCount) else {
            throw ELFError(
                .contradictoryCount(libelf: count, header: Int(header.programHeaderCount)), at: tableOffset)
        }
        var segments: [Segment] = []
        segments.reserveCapacity(count)
        for index in 0..<count {
            var entry = GElf_Phdr()
            guard unsafe gelf_getphdr(elf, Int32(index), &entry) != nil else {
                throw LibelfHandle.failure(at: tableOffset + index * header.elfClass.programHeaderSize)
            }
            segments.append(Segment(entry))
        }
        return segments
    }

    /// The dynamic entries in a range of the file, up to DT_NULL; `complete` is false if no DT_NULL was found.
    func dynamicEntries(in range: Range<Int>, entrySize: Int) -> (
        entries: [(tag: Int64, value: UInt64)], complete: Bool
    ) {
        let count = range.count / entrySize
        guard count > 0,
            let data = unsafe elf_getdata_rawchunk(elf, Int64(range.lowerBound), count * entrySize, ELF_T_DYN)
        else { return ([], false) }
        var entries: [(tag: Int64, value: UInt64)] = []
        for index in 0..<count {
            var entry = GElf_Dyn()
            guard unsafe gelf_getdyn(data, Int32(index), &entry) != nil else { return (entries, false) }
            if entry.d_tag == 0 { return (entries, true) }
            entries.append((entry.d_tag, unsafe entry.d_un.d_val))
        }
        return (entries, false)
    }

    /// The notes in a range of the file, up to the first that is malformed.
    func notes(in range: Range<Int>, alignment: UInt64) -> [Note] {
        let type = alignment == 8 ? ELF_T_NHDR8 : ELF_T_NHDR
        guard !range.isEmpty, let data = unsafe elf_getdata_rawchunk(elf, Int64(range.lowerBound), range.count, type),
            let buffer = unsafe data.pointee.d_buf
        else { return [] }
        let raw = unsafe UnsafeRawBufferPointer(start: buffer, count: unsafe data.pointee.d_size)
        var notes: [Note] = []
        var offset = 0
        while notes.count < 1024 {
            var header = GElf_Nhdr()
            var name = 0
            var descriptor = 0
            let next = unsafe gelf_getnote(data, offset, &header, &name, &descriptor)
            guard next > offset, let owner = unsafe raw.slice(at: name, count: Int(header.n_namesz)),
                let bytes = unsafe raw.slice(at: descriptor, count: Int(header.n_descsz))
            else { break }
            let text = String(decoding: owner.prefix { $0 != 0 }, as: UTF8.self)
            notes.append(Note(owner: text, type: header.n_type, descriptor: bytes))
            offset = next
        }
        return notes
    }
}

extension Segment {
    fileprivate init(_ entry: GElf_Phdr) {
        self.init(
            kind: Kind(rawValue: entry.p_type), flags: Flags(rawValue: entry.p_flags), offset: entry.p_offset,
            address: entry.p_vaddr, fileSize: entry.p_filesz, memorySize: entry.p_memsz, alignment: entry.p_align)
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func slice(at offset: Int, count length: Int) -> [UInt8]? {
        guard offset >= 0, length >= 0, offset <= count, length <= count - offset else { return nil }
        return unsafe Array(self[offset..<offset + length])
    }
}
