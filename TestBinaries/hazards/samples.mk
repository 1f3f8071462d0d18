# Programs that start in an empty root but may miss something there, and programs that only look like that. hazards.tsv has the
# rules that must fire for each. Names ending in -stripped have no symbols and no DWARF. Large programs exist only stripped.
HAZARDS := $(OUT)/hazards

# Arguments: name, package, value of CGO_ENABLED, go arguments, linker flags, variables.
define hazard-variant
SAMPLES += hazards/$(1)
$(HAZARDS)/$(1): $$(wildcard hazards/$(2)/*.go hazards/x509roots/* hazards/sqlite3/*)
	@cd hazards && $(6) CGO_ENABLED=$(3) $$(GO) build -buildvcs=false $(4) $(if $(5),-ldflags '$(5)') -o $$(abspath $$@) ./$(2) \
		2>$$(abspath $$@).log || { cat $$(abspath $$@).log; exit 1; }; rm -f $$(abspath $$@).log
endef
plain = $(eval $(call hazard-variant,$(1),$(2),$(3),$(4),$(5),$(6)))
stripped = $(eval $(call hazard-variant,$(1)-stripped,$(2),$(3),$(4),$(5) -s -w,$(6)))
both = $(call plain,$(1),$(2),$(3),$(4),$(5),$(6))$(call stripped,$(1),$(2),$(3),$(4),$(5),$(6))

# Pure Go that needs something, or looks like it.
$(foreach name,https-client load-location load-location-embedded user-current user-lookup net-dial resolver \
	create-temp mkdir-temp exec-command start-process replace-process fork-process local-time zone-data getpid hello,$(call both,$(name),$(name),0,-trimpath))
$(foreach name,http-client https-client-own-roots https-client-fallback tls-client starttls system-pool verify-certificate https-server http-server sqlite-stub,\
	$(call stripped,$(name),$(name),0,-trimpath))
$(call both,load-location-tag,load-location,0,-trimpath -tags timetzdata)
$(foreach name,https-client load-location user-current create-temp exec-command hello,$(foreach arch,mips arm64,\
	$(call stripped,$(name)-$(arch),$(name),0,-trimpath,,GOOS=linux GOARCH=$(arch))))
$(call both,no-trimpath,hello,0,)

# Pure Go that needs nothing.
$(foreach name,print json,$(call plain,$(name),$(name),0,-trimpath))
$(foreach name,print json log flag gzip hash regexp random xml text-template html-template read-file channels parse-url \
	big-numbers,$(call stripped,$(name),$(name),0,-trimpath))

# CPU levels.
$(call both,amd64-v3,hello,0,-trimpath,,GOAMD64=v3)
$(call stripped,arm-v7,hello,0,-trimpath,,GOOS=linux GOARCH=arm GOARM=7)
$(call stripped,arm-v5,hello,0,-trimpath,,GOOS=linux GOARCH=arm GOARM=5)
$(call stripped,ppc64le-power9,hello,0,-trimpath,,GOOS=linux GOARCH=ppc64le GOPPC64=power9)

# Go with cgo, statically linked if possible.
STATIC := -linkmode=external -extldflags=-static
$(call both,cgo-static,cgo,1,-trimpath,$(STATIC))
$(call both,cgo-unused,hello,1,-trimpath)
$(call both,cgo-resolver-static,resolver,1,-trimpath,$(STATIC))
$(call stripped,cgo-user-static,user-lookup,1,-trimpath,$(STATIC))
$(call stripped,plugin-static,plugin,1,-trimpath,$(STATIC))
$(call both,race-static,hello,1,-trimpath -race,$(STATIC))
$(call stripped,race,hello,1,-trimpath -race)
$(call both,asan,hello,1,-trimpath -asan)

# A program that embeds another. Findings of the embedded program do not apply to it.
define hazard-embedding
SAMPLES += hazards/embed$(1)
$(HAZARDS)/embed$(1): hazards/embed/main.go $(HAZARDS)/https-client-stripped
	@rm -rf $$@.src && mkdir -p $$@.src && cp hazards/embed/main.go $$@.src && cp $(HAZARDS)/https-client-stripped $$@.src/payload
	@printf 'module example.com/embed\n\ngo 1.18\n' > $$@.src/go.mod
	@cd $$@.src && CGO_ENABLED=0 $$(GO) build -trimpath -buildvcs=false $(2) -o $$(abspath $$@) .
	@rm -rf $$@.src
endef
$(eval $(call hazard-embedding,))
$(eval $(call hazard-embedding,-stripped,-ldflags '-s -w'))

# Built in a separate git tree, one clean and one with uncommitted changes.
GIT := GIT_CONFIG_GLOBAL=/dev/null git -c user.name=sample -c user.email=sample@example.com -c init.defaultBranch=main
define hazard-tree
SAMPLES += hazards/$(1)
$(HAZARDS)/$(1): hazards/hello/main.go
	@rm -rf $$@.src && mkdir -p $$@.src && cp hazards/hello/main.go $$@.src
	@printf 'module example.com/tree\n\ngo 1.18\n' > $$@.src/go.mod
	@cd $$@.src && $(GIT) init -q && $(GIT) add . && $(GIT) commit -qm sample && $(2) && \
		CGO_ENABLED=0 $$(GO) build -trimpath -buildvcs=true $(3) -o $$(abspath $$@) .
	@rm -rf $$@.src
endef
$(eval $(call hazard-tree,clean-tree,true))
$(eval $(call hazard-tree,modified-tree,echo '// changed' >> main.go))
$(eval $(call hazard-tree,modified-tree-stripped,echo '// changed' >> main.go,-ldflags '-s -w'))

# C. Arguments: name, source, compiler, compiler arguments.
define hazard-c
SAMPLES += hazards/$(1) hazards/$(1)-stripped
$(HAZARDS)/$(1): hazards/c/$(2).c ; @$(3) -O1 -g -static $(4) -o $$@ $$< 2>$$@.log || { cat $$@.log; exit 1; }; rm -f $$@.log
$(HAZARDS)/$(1)-stripped: hazards/c/$(2).c ; @$(3) -O1 -static -s $(4) -o $$@ $$< 2>$$@.log || { cat $$@.log; exit 1; }; rm -f $$@.log
endef
$(foreach name,plain getpwnam getaddrinfo iconv dlopen setlocale,$(eval $(call hazard-c,c-$(name),$(name),$(CC))))
$(foreach name,plain getpwnam,$(eval $(call hazard-c,musl-$(name),$(name),$(MUSL_CC))))
$(eval $(call hazard-c,executable-stack,plain,$(CC),-z execstack))

# Only the headers or the file mode are unusual.
$(call odd,hazards/writable-code,hazards/hello,segment LOAD p_flags=7)
$(call odd,hazards/writable-code-stripped,hazards/hello-stripped,segment LOAD p_flags=7)
$(call odd,hazards/executable-stack-go,hazards/hello,segment GNU_STACK p_flags=7)
$(call odd,hazards/no-gnu-stack,hazards/hello,segment GNU_STACK p_type=NULL)
$(call odd,hazards/kernel-99,hazards/c-plain,note GNU 1 4 'c')
define hazard-mode
SAMPLES += hazards/$(1)
$(HAZARDS)/$(1): $(HAZARDS)/hello
	@install -m $(2) $$< $$@
endef
$(eval $(call hazard-mode,set-user-id,4755))
$(eval $(call hazard-mode,set-group-id,2755))
