# include scratchcheck.mk: `make image` checks, lets the gate decide, and makes the image.
#
# KEY and its public half are made by `scratchcheck keygen release`. Keep release.key out of the repository.
PACKAGES ?= ./cmd/app
KEY ?= release.key
PUBLIC_KEY ?= release.pub
SHIPPED ?= linux/amd64,linux/arm64
IMAGE ?= oci:image

.PHONY: check image
check:
	scratchcheck check --platform $(SHIPPED) --key $(KEY) $(PACKAGES)

image: check
	scratchcheck gate --no-config --trust $(PUBLIC_KEY) --require $(SHIPPED) dist
	scratchcheck image --from dist --platform $(SHIPPED) --trust $(PUBLIC_KEY) -o $(IMAGE)
